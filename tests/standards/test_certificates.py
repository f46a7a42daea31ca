import pytest

from yimen.standards.certificates import CERTIFICATES, find_certificates, get_certificate, refusal_sentence


def test_the_list_has_twenty_kinds_each_with_a_body_and_a_sentence():
    assert len(CERTIFICATES) == len({each.key for each in CERTIFICATES}) == 20
    for each in CERTIFICATES:
        assert each.bodies
        assert each.sentence.endswith("。")
        assert each.label.endswith("证明")
        assert get_certificate(each.key) is each


@pytest.mark.parametrize("certificate", CERTIFICATES, ids=lambda each: each.key)
def test_each_kind_is_recognised_by_its_own_name(certificate):
    assert certificate in find_certificates(f"请社区开具{certificate.label}")


@pytest.mark.parametrize(
    ("request_text", "key"),
    [
        ("想开一份单身证明", "marital_status"), ("开 无犯罪 记录证明", "no_crime"), ("领养老金要健在证明", "alive"),
        ("开具父子关系证明", "kinship"), ("孩子上学要无房证明", "property"), ("计生证明", "marriage_and_childbearing"),
    ],
)  # fmt: skip
def test_a_request_in_own_words_is_recognised(request_text, key):
    assert [each.key for each in find_certificates(request_text)] == [key]


@pytest.mark.parametrize("request_text", ["登记养犬数量", "残疾人补贴申请", "志愿服务证明", "居住情况", ""])
def test_what_is_no_such_request_is_left_alone(request_text):
    assert find_certificates(request_text) == ()


def test_the_window_says_who_can_and_on_what_ground():
    assert refusal_sentence(get_certificate("kinship")).startswith(
        "按民发〔2020〕20号，社区不出具亲属关系证明，请找公安派出所或公证机构。户口簿"
    )


def test_an_unknown_kind_is_refused():
    with pytest.raises(LookupError, match="清单中没有"):
        get_certificate("beauty")
