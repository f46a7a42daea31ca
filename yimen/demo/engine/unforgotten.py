"""Those whom software forgets: namesakes next door, rare characters, long names, other papers, twins, a hundred years."""

from dataclasses import replace
from datetime import timedelta

from yimen.demo.engine.residents import OUTSIDE, House, Maker

# Names that break software: rare characters outside the basic plane, long names of other peoples, compound and odd surnames.
RARE_NAMES = (
    ("林𠮷", "male"), ("陈䶮", "male"), ("周𬱖", "female"), ("王㛃", "female"),
    ("阿卜杜热西提·阿布都热合曼", "male"), ("买买提·吐尔逊", "male"), ("格桑次仁·卓玛央宗", "female"),
    ("欧阳秀英", "female"), ("单晓明", "male"), ("仇小满", "female"), ("区志伟", "male"), ("解冬梅", "female"),
)  # fmt: skip
NAMESAKES = (("张伟", "male", 4), ("王桂英", "female", 3), ("陈静", "female", 3))
STRANGE_PAPERS = (
    ("陈嘉明", "male", ("hk_macao_permit", "H00000001")),
    ("林美惠", "female", ("taiwan_permit", "00000001")),
    ("SMITH JOHN DEMO", "male", ("passport", "DEMO00001")),
)


def unforgotten(maker: Maker, community: str) -> list[House]:
    """Their households, to stand door by door in the order given."""
    rng, since = maker.rng, maker.today - timedelta(days=1500)
    houses = []
    for name, sex, times in NAMESAKES:
        for _ in range(times):
            person = maker.resident(rng.randrange(28, 79), sex, "02", name=name)
            houses.append(House(community, [person], "here", since))
    for name, sex in RARE_NAMES:
        person = maker.resident(rng.randrange(24, 70), sex, "02", name=name)
        place = "新疆喀什地区" if "·" in name else OUTSIDE[0]
        houses.append(House(community, [person], "outside", since, rents=True, place=place))
    for name, sex, document in STRANGE_PAPERS:
        person = maker.resident(rng.randrange(28, 60), sex, "02", name=name)
        person.id_number, person.documents = "", (document,)
        houses.append(House(community, [person], "outside", since, rents=True, place="境外"))
    # Two with one birthday and nearly one name; and one who was born in another world.
    mother = maker.resident(36, "female", "02", name="忻海燕")
    first = maker.resident(8, "female", "31", name="忻一诺")
    number = maker.numbers.citizen_id(birth_on=first.birth_on, sex="female")
    houses.append(
        House(community, [mother, first, replace(first, name="忻依诺", id_number=number)], "here", since)
    )
    houses.append(House(community, [maker.resident(101, "female", "02", name="励阿娣")], "here", since))
    return houses
