"""What is taken, what is not, and that what is not leaves nothing behind."""

import io
import os
from datetime import timedelta

import pytest
from PIL import Image
from pypdf import PdfReader

from tests.apps.foundations.documents import files_as_sent as sent
from tests.apps.foundations.documents.files_as_sent import COMMUNITY, upload
from yimen.foundations.audit.api import looks_at, trail_of
from yimen.foundations.documents import ports
from yimen.foundations.documents.api import (
    CannotOpen,
    CannotStore,
    bundle_pages,
    discard_file,
    files_of,
    open_file,
    store_upload,
    sweep_files,
)
from yimen.foundations.documents.engine import store
from yimen.kernel.refusals import NotAllowed, NotFound

GOOD = {
    "身份证.pdf": (lambda: sent.pdf(2), "pdf"),
    "户口簿.jpg": (sent.picture, "jpg"),
    "截图.png": (lambda: sent.picture(kind="PNG"), "png"),
    "说明.docx": (sent.word_file, "docx"),
    "名单.xlsx": (sent.sheet_file, "xlsx"),
    "编辑受限.pdf": (lambda: sent.pdf_with_password(""), "pdf"),
}

BAD = {
    "empty": (b"", "证明.pdf", "空的"),
    "program named pdf": (b"MZ\x90\x00" + b"\0" * 200, "证明.pdf", "程序"),
    "web page named jpg": (b"<!doctype html><script>alert(1)</script>", "照片.jpg", "网页"),
    "plain text": ("我要申请".encode(), "申请.pdf", "看不出"),
    "old office or password": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "名单.xls", "旧版"),
    "iphone photo": (b"\0\0\0\x18ftypheic" + b"\0" * 50, "IMG_1.jpg", "HEIC"),
    "gif": (b"GIF89a" + b"\0" * 50, "动图.gif", "GIF"),
    "plain zip": (sent.word_with("a.txt", base=b""), "打包.docx", "压缩包"),
    "cut picture": (sent.picture(noise=True)[:3000], "照片.jpg", "不完整"),
    "picture of nothing": (b"\xff\xd8\xff" + b"\0" * 100, "照片.jpg", "损坏"),
    "picture bomb": (sent.png_bomb(), "证件.png", "像素过多"),
    "smaller bomb": (sent.png_bomb(9000), "证件.png", "9000×9000"),
    "picture and web page in one": (sent.picture() + b"<script>alert(1)</script>", "照片.jpg", "网页代码"),
    "pdf and web page in one": (b"%PDF-1.4\n<html><script>1</script>" + sent.pdf(), "证明.pdf", "网页代码"),
    "pdf with something behind": (sent.pdf() + b"PK\x03\x04" + b"x" * 5000, "证明.pdf", "夹带"),
    "cut pdf": (sent.pdf(3)[:300], "证明.pdf", "不完整"),
    "pdf in name only": (b"%PDF-1.7\nhello\n%%EOF", "证明.pdf", "损坏"),
    "pdf with password": (sent.pdf_with_password("123"), "证明.pdf", "密码"),
    "pdf with script": (sent.pdf_with_script(), "证明.pdf", "脚本"),
    "pdf with attachment": (sent.pdf_with_attachment(), "证明.pdf", "附件"),
    "pdf with hidden file": (sent.pdf_with_embedded_stream(), "证明.pdf", "附件"),
    "pdf that starts a program": (sent.pdf_that_launches(), "证明.pdf", "启动程序"),
    "pdf of too many pages": (sent.pdf(501), "证明.pdf", "501 页"),
    "word with macro": (sent.word_with("word/vbaProject.bin"), "说明.docx", "宏"),
    "word with macro by type": (
        sent.word_with_part(
            "[Content_Types].xml", lambda part: part.replace(b"document.main", b"x.macroEnabled.main")
        ),
        "说明.docx",
        "宏",
    ),
    "word with outside template": (
        sent.word_with_part(
            "word/_rels/document.xml.rels",
            lambda part: part.replace(
                b"</Relationships>",
                b'<Relationship Id="r99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
                b'attachedTemplate" Target="http://192.0.2.1/t.dotm" TargetMode="External"/></Relationships>',
            ),
        ),
        "说明.docx",
        "外部",
    ),
    "word with entities": (
        sent.word_with_part(
            "word/document.xml",
            lambda part: b'<!DOCTYPE d [<!ENTITY a "b">]>' + part[part.index(b"<w:document") :],
        ),
        "说明.docx",
        "格式不正常",
    ),
    "word bomb": (sent.word_with("word/media/image9.bin", b"\0" * 30_000_000), "说明.docx", "过大"),
    "word with a climbing part": (sent.word_with("../../etc/passwd"), "说明.docx", "路径"),
    "word with a program inside": (sent.word_with("word/embeddings/oleObject1.bin"), "说明.docx", "嵌入"),
    "word behind something": (b"PK\x03\x04<html>" + sent.word_file(), "说明.docx", "夹带"),
    "word with something behind": (sent.word_file() + b"<html>" * 5, "说明.docx", "夹带"),
    "cut word": (sent.word_file()[:2000], "说明.docx", "完整"),
    "name with a climb": (sent.pdf(), "../../../etc/cron.d/x.pdf", "上级目录"),
    "name with a climb of the other slash": (sent.pdf(), "..\\..\\x.pdf", "上级目录"),
    "name with control characters": (sent.pdf(), "证明\r\nSet-Cookie: a=b.pdf", "控制字符"),
    "name that reads backwards": (sent.pdf(), "证明\u202efdp.exe", "控制字符"),
}


def kept_on_disk(root) -> list:
    return [path for path in root.rglob("*") if path.is_file()] if root.exists() else []


@pytest.mark.parametrize("name", GOOD)
def test_an_ordinary_file_is_taken_and_comes_back(name, acting, clerk, case, now):
    make, kind = GOOD[name]
    with acting(clerk):
        file = store_upload(
            by=clerk, at=now, subject=case, area=COMMUNITY, purpose="paper", file=upload(make(), name)
        )
        assert (file.kind, file.name) == (kind, name)
        opened = open_file(by=clerk, at=now, file=file.public_id)
        with opened.content as content:
            data = content.read()
        assert len(data) == file.size
        assert store.digest_of(data) == file.digest
        assert files_of(case, by=clerk) == [file]


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_refused_with_a_sentence_and_nothing_is_kept(
    what, acting, clerk, case, now, file_store
):
    data, name, word = BAD[what]
    with acting(clerk):
        with pytest.raises(CannotStore) as refusal:
            store_upload(
                by=clerk, at=now, subject=case, area=COMMUNITY, purpose="paper", file=upload(data, name)
            )
        assert word in refusal.value.sentence
        assert refusal.value.findings[0].field == "file"
        assert refusal.value.sentence.isprintable()
        assert files_of(case, by=clerk) == []
    assert kept_on_disk(file_store) == []


def test_a_file_over_the_limit_is_refused_without_being_read_whole(
    acting, clerk, case, now, file_store, settings
):
    settings.YIMEN_UPLOAD_MOST_BYTES = 2 * 1024 * 1024
    data = b"%PDF-" + b"\0" * (3 * 1024 * 1024)
    with acting(clerk), pytest.raises(CannotStore, match="超过 2 MB"):
        store_upload(by=clerk, at=now, subject=case, area=COMMUNITY, purpose="paper", file=upload(data))
    assert kept_on_disk(file_store) == []


def test_one_file_too_many_is_refused_and_a_discarded_one_makes_room(acting, clerk, case, now):
    most = ports.purposes.get("sealed").most
    arguments = {"by": clerk, "at": now, "subject": case, "area": COMMUNITY, "purpose": "sealed"}
    with acting(clerk):
        files = [store_upload(file=upload(sent.pdf(number + 1)), **arguments) for number in range(most)]
        with pytest.raises(CannotStore, match=f"最多 {most} 份"):
            store_upload(file=upload(sent.pdf()), **arguments)
        discard_file(by=clerk, at=now, file=files[0].public_id, why="传错了")
        store_upload(file=upload(sent.pdf()), **arguments)


def test_a_purpose_takes_only_its_types(acting, clerk, case, now):
    with acting(clerk), pytest.raises(CannotStore, match="这里只收JPG 图片、PNG 图片，这个文件是PDF"):
        store_upload(by=clerk, at=now, subject=case, area=COMMUNITY, purpose="photo", file=upload(sent.pdf()))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\wang\\桌面\\证.pdf", "证.pdf"),
        ("/tmp/证.pdf", "证.pdf"),
        ("照片.jpeg", "照片.pdf"),
        ('a<b>:"c|d?e*.pdf', "a_b___c_d_e_.pdf"),
        ("", "未命名.pdf"),
        ("....pdf", "未命名.pdf"),
        ("𠮷" * 300 + ".pdf", "𠮷" * 120 + ".pdf"),
        ("  户口 \u3000 簿 .PDF", "户口 簿.pdf"),
    ],
)
def test_a_name_is_cleaned_and_ends_as_the_content_does(given, kept, acting, clerk, case, now):
    with acting(clerk):
        file = store_upload(
            by=clerk, at=now, subject=case, area=COMMUNITY, purpose="paper", file=upload(sent.pdf(), given)
        )
    assert file.name == kept


@pytest.mark.parametrize("purpose", ["paper", "photo"])
def test_a_picture_loses_place_and_phone_and_stands_upright(purpose, acting, clerk, case, now):
    raw = sent.phone_photo((1200, 800))
    assert b"SECRETPHONE" in raw
    with acting(clerk):
        file = store_upload(
            by=clerk, at=now, subject=case, area=COMMUNITY, purpose=purpose, file=upload(raw, "a.jpg")
        )
        with open_file(by=clerk, at=now, file=file.public_id).content as content:
            data = content.read()
    picture = Image.open(io.BytesIO(data))
    assert b"SECRETPHONE" not in data
    assert not picture.getexif()
    assert picture.width < picture.height


def test_a_photograph_shrinks_to_300_kilobytes(acting, clerk, case, now):
    raw = sent.phone_photo()
    assert len(raw) > 3_000_000
    with acting(clerk):
        file = store_upload(
            by=clerk, at=now, subject=case, area=COMMUNITY, purpose="photo", file=upload(raw, "a.jpg")
        )
    assert file.size <= 300 * 1024


def test_text_hidden_in_a_png_is_gone(acting, clerk, case, now):
    from PIL.PngImagePlugin import PngInfo

    note = PngInfo()
    note.add_text("Comment", "SECRETPLACE")
    raw = sent.picture(kind="PNG", pnginfo=note)
    with acting(clerk):
        file = store_upload(
            by=clerk, at=now, subject=case, area=COMMUNITY, purpose="paper", file=upload(raw, "a.png")
        )
        with open_file(by=clerk, at=now, file=file.public_id).content as content:
            assert b"SECRETPLACE" not in content.read()


def test_several_pictures_become_one_pdf_in_their_order(acting, clerk, case, now):
    pages = [upload(sent.picture(size), "p.jpg") for size in ((300, 400), (400, 300), (3000, 4000))]
    with acting(clerk):
        file = bundle_pages(
            by=clerk, at=now, subject=case, area=COMMUNITY, purpose="paper", files=pages, name="户口簿.jpg"
        )
        assert (file.name, file.kind, file.pages) == ("户口簿.pdf", "pdf", 3)
        with open_file(by=clerk, at=now, file=file.public_id).content as content:
            boxes = [page.mediabox for page in PdfReader(content).pages]
    assert [round(box.width) < round(box.height) for box in boxes] == [True, False, True]
    assert {round(max(box.width, box.height)) for box in boxes} == {842}


def test_a_bad_page_stops_the_bundle(acting, clerk, case, now, file_store):
    pages = [upload(sent.picture(), "1.jpg"), upload(b"MZ" * 100, "2.jpg")]
    with acting(clerk), pytest.raises(CannotStore, match=r"《2\.jpg》"):
        bundle_pages(by=clerk, at=now, subject=case, area=COMMUNITY, purpose="paper", files=pages, name="证")
    assert kept_on_disk(file_store) == []


def test_nobody_stores_or_opens_without_permission_or_from_another_street(
    acting, clerk, case, now, make_actor
):
    arguments = {"at": now, "subject": case, "area": COMMUNITY, "purpose": "paper"}
    with acting(clerk):
        file = store_upload(by=clerk, file=upload(sent.pdf()), **arguments)
    looker = make_actor("documents.store", area=COMMUNITY)
    with acting(looker), pytest.raises(NotAllowed):
        open_file(by=looker, at=now, file=file.public_id)
    neighbour = make_actor("documents.store", "documents.open", area="330212007002")
    with acting(neighbour):
        with pytest.raises(NotAllowed):
            store_upload(by=neighbour, file=upload(sent.pdf()), **arguments)
        with pytest.raises(NotFound):
            open_file(by=neighbour, at=now, file=file.public_id)
        assert files_of(case, by=neighbour) == []


def test_each_opening_leaves_a_look_and_a_trail(acting, clerk, case, now):
    with acting(clerk):
        file = store_upload(
            by=clerk, at=now, subject=case, area=COMMUNITY, purpose="paper", file=upload(sent.pdf())
        )
        for _ in range(2):
            open_file(by=clerk, at=now, file=file.public_id, why="核对户口").content.close()
        assert [look.why for look in looks_at(case, by=clerk)] == ["核对户口（申请材料）"] * 2
        verbs = [row.verb for row in trail_of(file.public_id, by=clerk)]
    assert verbs == ["documents.file.opened", "documents.file.opened", "documents.file.stored"]


def test_a_content_that_was_changed_on_the_disk_is_not_handed_out(acting, clerk, case, now, caplog):
    with acting(clerk):
        file = store_upload(
            by=clerk, at=now, subject=case, area=COMMUNITY, purpose="paper", file=upload(sent.pdf())
        )
        path = store.path_of(file.digest)
        path.write_bytes(path.read_bytes() + b" ")
        with pytest.raises(CannotOpen):
            open_file(by=clerk, at=now, file=file.public_id)
    assert str(file.public_id) in caplog.text


def test_the_same_content_is_kept_once_and_swept_only_when_nobody_names_it(
    acting, clerk, case, now, system, file_store
):
    arguments = {"by": clerk, "at": now, "subject": case, "area": COMMUNITY, "purpose": "paper"}
    with acting(clerk):
        first = store_upload(file=upload(sent.pdf()), **arguments)
        second = store_upload(file=upload(sent.pdf(), "另一份.pdf"), **arguments)
    assert first.digest == second.digest
    assert len(kept_on_disk(file_store)) == 1
    later = now + timedelta(days=30)
    age(file_store, now)
    for file, left in ((first, 1), (second, 0)):
        with acting(clerk):
            discard_file(by=clerk, at=now, file=file.public_id, why="重复")
        with acting(system):
            assert sweep_files(by=system, at=later) == 1 - left
        assert len(kept_on_disk(file_store)) == left


def test_the_sweep_clears_what_was_never_finished_and_spares_what_is_new(acting, system, now, file_store):
    digest = store.keep(b"orphan")
    torn = file_store / "incoming" / "torn"
    torn.write_bytes(b"half")
    with acting(system):
        age(file_store, now)
        assert sweep_files(by=system, at=now + timedelta(hours=23)) == 0
        assert sweep_files(by=system, at=now + timedelta(days=2)) == 1
    assert not torn.exists()
    assert not store.path_of(digest).exists()


def test_only_who_reaches_everything_may_sweep(acting, now, make_actor):
    chief = make_actor("documents.store", area="330212007")
    with acting(chief), pytest.raises(NotAllowed):
        sweep_files(by=chief, at=now)


def test_a_store_that_fails_half_way_leaves_no_content_behind(monkeypatch, file_store):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.keep(b"x" * 1000)
    assert kept_on_disk(file_store) == []


def age(root, moment) -> None:
    """Make everything in the store as old as `moment`."""
    for path in kept_on_disk(root):
        os.utime(path, (moment.timestamp(), moment.timestamp()))


def test_a_crooked_sheet_is_levelled_and_a_straight_one_left(acting, clerk, case, now):
    from yimen.foundations.audit.api import operation
    from yimen.foundations.documents.api import straighten_file

    @operation("tests.straightened")
    def level(*, by, at, file):
        return straighten_file(by=by, at=at, file=file)

    sheet = sent.written_sheet(turned=4)
    arguments = {"at": now, "subject": case, "area": COMMUNITY, "purpose": "paper"}
    with acting(clerk):
        crooked = store_upload(by=clerk, file=upload(sheet, "1.jpg"), **arguments)
        level_one = level(by=clerk, at=now, file=crooked.public_id)
        assert level_one.public_id != crooked.public_id
        assert level(by=clerk, at=now, file=level_one.public_id).public_id == level_one.public_id
        assert [file.public_id for file in files_of(case, by=clerk)] == [level_one.public_id]
