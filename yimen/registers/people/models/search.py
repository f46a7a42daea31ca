from django.db import models

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import AreaField
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.people.models.persons import Person


class SearchKey(models.Model):
    """One text under which a person is found (检索键). The first letter says what it was made from.

    The primary key is the search: one b-tree (street, key, person) in C collation; a prefix is a range.
    """

    pk = models.CompositePrimaryKey("street", "key", "person_id")
    street = AreaField("街道", max_length=9)
    key = models.CharField("键", max_length=200, db_collation="C")
    # No constraint: a dozen keys a person were a third of what the database does for an import, and keys are made
    # from the file anyway; `people.keys` proves that none stands without one.
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    area = AreaField("网格或社区")

    objects = ScopedQuerySet.as_manager()
    scope = Scope(area="area", through="people.Person", column="person_id")
    privacy = Privacy(PrivacyClass.PERSONAL, keep="随档案", why="一个检索框找到本人；号码只存带密钥的摘要")

    class Meta:
        verbose_name = "检索键"
        indexes = [models.Index(fields=["person"], name="people_searchkey_person")]

    def __str__(self) -> str:
        return f"key of {self.person_id}"
