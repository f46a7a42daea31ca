"""Decisions of volunteering that need no database (志愿者登记规则)."""

from datetime import date

from yimen.kernel.findings import Finding
from yimen.kernel.periods import age_on

OF_AGE = 18


def may_register(
    *, born_on: date | None, says_minor: bool, on: date, registered_on: date | None = None
) -> list[Finding]:
    """What to settle before a registration (登记前核对): a minor's guardian agrees; a second registration renews the first.

    Nobody is refused: what is told of age must only agree with the file, because the paper of the guardian hangs on it.
    """
    findings = []
    is_minor = born_on is not None and age_on(born_on, on) < OF_AGE
    if born_on is None:
        findings.append(
            Finding("volunteering.birth_unknown", "出生日期没有登记，请看证件核对是否成年", severity="warn")
        )
    elif is_minor and not says_minor:
        findings.append(
            Finding(
                "volunteering.minor",
                f"按登记的出生日期 {born_on} 还未满十八周岁，请改填“未满十八周岁”，由监护人书面同意。",
                "minor",
            )
        )
    elif says_minor and not is_minor:
        findings.append(
            Finding(
                "volunteering.of_age",
                f"按登记的出生日期 {born_on} 已满十八周岁，不需要监护人同意",
                "minor",
                "warn",
            )
        )
    if registered_on is not None:
        findings.append(
            Finding(
                "volunteering.registered_before",
                f"{registered_on} 已经登记过，这次登记会更新服务意愿和时间，登记日期不变",
                severity="warn",
            )
        )
    return findings
