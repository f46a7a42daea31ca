"""Cases on every list, notes, messages, shares, papers, and the hand-over to the archive (办件)."""

import io
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.journeys.world.streets import EACH, PNG, Street, Teller


class DeskWork(Teller):
    """Cases on every list."""

    def _transcripts(self, street: Street, community: str) -> None:
        """What waits to be typed into another system, and what was typed."""
        from yimen.work.transcripts import api as transcripts
        from yimen.work.transcripts.operations import begin_transcripts

        clerk = street.actors[f"window_clerk.{community[-3:]}"]
        for case in street.ids["cases"][community]["decide"]:
            begin_transcripts(by=self.by, at=self.now, case=UUID(case), matter="trial")
        with self.acting(clerk):
            rows = [str(one.public_id) for one in transcripts.transcripts(by=clerk).filter(area=community)]
            transcripts.write_back(
                by=clerk,
                at=self.now,
                transcript=UUID(rows[-1]),
                outside_number=f"{street.sign}17",
                outside_state="审核中",
            )
        street.ids["transcript"][community] = rows

    def _submissions(self, street: Street, community: str) -> None:
        """What waits for the chief, what is issued, and what came back to its drafter."""
        from yimen.work.approvals import api as approvals

        worker = street.actors[f"community_worker.{community[-3:]}"]
        head, chief = street.actors[f"community_head.{community[-3:]}"], street.actors["section_chief"]
        told = {"by": worker, "at": self.now, "area": community, "text": f"{street.sign}旧的坏了，拟换一台。"}
        with self.acting(worker):
            found = [
                approvals.submit(**told, chain=chain, title=f"{street.sign}关于更换叫号机的请示").public_id
                for chain in ("community", "section", "community")
            ]
        for signer, one, deed, remark in (
            (head, found[0], approvals.agree, f"{street.sign}属实"),
            (chief, found[1], approvals.agree, ""),
            (head, found[2], approvals.send_back, f"{street.sign}先问价"),
        ):
            with self.acting(signer):
                deed(by=signer, at=self.now, submission=one, remark=remark)
        street.ids["approval"][community] = [str(one) for one in found]

    def _directives(self, street: Street, community: str) -> None:
        """What the section wants of a community by a day: about a case and to be answered, and answered already."""
        from yimen.work.directives import api as directives

        chief = street.actors["section_chief"]
        head = street.actors[f"community_head.{community[-3:]}"]
        made = []
        for case in (street.ids["cases"][community]["late"][0], None):
            with self.acting(chief):
                found = directives.give_directive(
                    by=chief,
                    at=self.now,
                    area=community,
                    owner=head.account,
                    title=f"{street.sign}超期的件",
                    text=f"{street.sign}逐件说明原因",
                    due_on=self.today + timedelta(days=3),
                    about="/desk/lists/late/",
                    about_title=f"{street.sign}超期清单",
                    case=UUID(case) if case else None,
                )
            made.append(str(found.public_id))
        with self.acting(head):
            directives.answer_directive(
                by=head, at=self.now, directive=UUID(made[1]), text=f"{street.sign}已经联系过了"
            )
        street.ids["directive"][community] = made

    def _cases(self, street: Street, community: str, count: int) -> None:
        """As many cases on each list: late, running, waiting, to deliver, to archive."""
        from yimen.foundations.definitions.api import current
        from yimen.foundations.documents.api import letters_of
        from yimen.foundations.forms.api import paper_code
        from yimen.work.desk import api as desk

        clerk = street.actors[f"window_clerk.{community[-3:]}"]
        chief = street.actors["section_chief"]
        people = street.ids["people"][community]
        made: dict[str, list[UUID]] = {"late": [], "decide": [], "waiting": [], "deliver": [], "archive": []}
        for kind, cases in made.items():
            for n in range(EACH[count]):
                at = self.now - timedelta(days=40 if kind == "late" else 3, minutes=n)
                waits = kind == "waiting"
                asked = desk.Asked(
                    matter="trial",
                    person=UUID(people[n]),
                    answers={"reason": f"{street.sign}家里有困难", "sick": False},
                    papers={} if waits else {"identity": "seen"},
                    note=f"{street.sign}备注",
                )
                take = desk.give_notice if waits else desk.accept_case
                with self.acting(clerk):
                    case = take(by=clerk, at=at, area=community, asked=asked).public_id
                    if not waits:
                        desk.hand_over_case(by=clerk, at=at, case=case, why=f"{street.sign}请街道决定")
                if kind in ("deliver", "archive"):
                    with self.acting(chief):
                        desk.decide_case(
                            by=chief, at=at, case=case, outcome="granted", result=f"{street.sign}同意补助"
                        )
                if kind == "archive":
                    with self.acting(clerk):
                        desk.deliver_case(
                            by=clerk, at=at, case=case, way="counter", receiver=f"{street.sign}本人"
                        )
                cases.append(case)
        street.ids["cases"][community] = {kind: [str(case) for case in cases] for kind, cases in made.items()}
        street.ids["case"][community] = str(made["archive"][0])
        letters = list(letters_of(made["archive"][0], by=self.by))
        street.ids["letter"][community] = str(letters[0].public_id)
        form = current("form", "trial_form", on=self.today)
        street.ids["paper_code"][community] = [paper_code(form), paper_code(form, subject=UUID(people[0]))]

    def _notes(self, street: Street, community: str) -> None:
        """A note in passing about a resident, one of a place, entered a day late, and something owed today."""
        from yimen.work.ledger import api as ledger
        from yimen.work.programmes import api as programmes

        clerk = street.actors[f"window_clerk.{community[-3:]}"]
        with self.acting(clerk):
            note = ledger.take_note(
                by=clerk,
                at=self.now,
                item="visited_home",
                text=f"{street.sign}一个人在家",
                kind="person",
                whom=UUID(street.ids["people"][community][0]),
            )
            duty = programmes.owe_duty(
                by=clerk,
                at=self.now,
                title=f"{street.sign}再上门看看",
                due_on=self.today,
                way="visited_home",
                kind="person",
                creditor=UUID(street.ids["people"][community][0]),
            )
            ledger.take_note(
                by=clerk,
                at=self.now,
                item="met_outside",
                text=f"{street.sign}路灯不亮",
                place=f"{street.sign}东门",
                happened_on=(self.now - timedelta(days=1)).date(),
            )
        street.ids["note"][community] = str(note.public_id)
        street.ids["duty"][community] = str(duty.public_id)

    def _messages(self, street: Street, community: str, count: int) -> None:
        """Messages to the posts of a community, and people to be called."""
        clerk = f"window_clerk.{community[-3:]}"
        for n in range(count):
            told = tell_both(
                by=self.by,
                at=self.now - timedelta(hours=n + 1),
                account=UUID(street.posts[clerk]["account"]),
                person=UUID(street.ids["people"][community][n]),
                area=community,
                text=f"{street.sign}的事情有了进展",
            )
            street.ids["message"].setdefault(community, told[0])
            street.ids["call"].setdefault(community, told[1])

    def _share(self, street: Street, community: str) -> None:
        """Units that were asked about a case: one of the register, and a department that is not in it."""
        from yimen.work.desk import api as desk

        chief = street.actors["section_chief"]
        case = UUID(street.ids["cases"][community]["decide"][2])
        questions = [
            desk.Question(unit=UUID(unit) if unit else None, unit_name=name, question=f"{street.sign}能不能帮？",
                          due_on=self.today)
            for unit, name in ((street.ids["organisation"], ""), ("", f"{street.sign}教育局"))
        ]  # fmt: skip
        with self.acting(chief):
            desk.ask_units(by=chief, at=self.now, case=case, questions=questions)
            share = desk.shares_of_case(case, by=chief)[0]
        street.ids["share"][community] = str(share.public_id)

    def _archive(self, street: Street, community: str, count: int) -> None:
        """A hand-over list signed by both sides: half of its lines received, the rest missing; what was received is in a box."""
        from yimen.services.archive import api as archive
        from yimen.work.desk import api as desk

        clerk, keeper = street.actors[f"window_clerk.{community[-3:]}"], street.actors["archive_keeper"]
        over = []
        for n in range(EACH[count]):
            person = UUID(street.ids["people"][community][n])
            told = {"by": clerk, "at": self.now}
            with self.acting(clerk):
                asked = desk.Asked("trial_notice", person, {"reason": f"{street.sign}登记", "sick": False})
                over.append(desk.accept_case(**told, area=community, asked=asked).public_id)
                desk.register_case(**told, case=over[-1])
                desk.deliver_case(**told, case=over[-1], way="counter", receiver=f"{street.sign}本人")
        with self.acting(clerk):
            made = archive.make_list(by=clerk, at=self.now, area=community)
            archive.send_list(by=clerk, at=self.now, handover=made.public_id, lines=made.lines)
        told = {"by": keeper, "at": self.now}
        with self.acting(keeper):
            for item in archive.items_of(made).exclude(case__in=over):
                wrong = {"item": item.public_id, "verdict": "missing", "note": f"{street.sign}没有交来"}
                archive.tick_item(**told, handover=made.public_id, **wrong)
            archive.tick_rest(**told, handover=made.public_id)
            archive.sign_list(**told, handover=made.public_id)
            box = archive.make_box(
                **told, area=street.code, label=f"{street.sign}{community[-3:]}", capacity=50,
                room=f"{street.sign}库", shelf="1号柜",
            )  # fmt: skip
            files = archive.find_files(by=keeper).filter(area=community).order_by("id")
            kept = [file.public_id for file in files]
            archive.put_in_box(**told, box=box.public_id, files=kept)
            archive.lend_original(
                **told,
                file=kept[0],
                borrower=f"{street.sign}借阅人",
                unit="科室",
                why="核对",
                due_on=self.today,
            )
            wrong = archive.open_differences(by=keeper).filter(area=community)[0]
        street.ids["handover"][community] = str(made.public_id)
        street.ids["difference"][community] = str(wrong.public_id)
        street.ids["archive_file"][community] = str(kept[0])
        street.ids["box"][community] = str(box.public_id)

    def _file(self, street: Street, community: str) -> None:
        from django.core.files.uploadedfile import SimpleUploadedFile

        from yimen.foundations.documents.api import store_upload

        kept = store_upload(
            by=self.by,
            at=self.now,
            subject=UUID(street.ids["case"][community]),
            area=community,
            purpose="paper",
            file=SimpleUploadedFile(f"{street.sign}材料.png", io.BytesIO(PNG).read(), "image/png"),
        )
        street.ids["file"][community] = str(kept.public_id)


def tell_both(*, by: Any, at: datetime, account: UUID, person: UUID, area: str, text: str) -> tuple[str, str]:
    """An app above tells a colleague and a resident, within a deed of its own."""
    from yimen.foundations.audit.api import operation, record
    from yimen.foundations.messages.api import tell

    @operation("journeys.told")
    def run(*, by: Any, at: datetime) -> list[str]:
        message = tell(by=by, at=at, title="有新消息", text=text, area=area, to_account=account)
        task = tell(by=by, at=at, title="有新消息", text=text, area=area, to_person=person)
        record(person, kind="person", area=area)
        return [str(message[0].public_id), str(task[0].public_id)]

    message, task = run(by=by, at=at)
    return message, task
