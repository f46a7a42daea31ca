"""How the copies on a case are proven (核对): against its steps, its pauses and its decision; and that numbers have no gap."""

from yimen.foundations.audit.ports import Proof

_BEARING = "'received', 'accepted', 'declined', 'decided', 'delivered', 'withdrawn', 'voided', 'undelivered'"

# What was declined or withdrawn keeps its state in the archive; what was delivered is archived.
STATES = Proof(
    key="desk.states",
    title="办件状态，对最后一步",
    kept="SELECT id, state FROM desk_case",
    truth=f"""
    SELECT last.case_id, CASE WHEN last.kind = 'undelivered' THEN 'decided'
        WHEN last.kind = 'delivered' AND filed.case_id IS NOT NULL THEN 'archived' ELSE last.kind END
    FROM (
        SELECT DISTINCT ON (case_id) case_id, kind FROM desk_casestep WHERE kind IN ({_BEARING})
        ORDER BY case_id DESC, id DESC
    ) AS last
    LEFT JOIN (SELECT DISTINCT case_id FROM desk_casestep WHERE kind = 'archived') AS filed ON filed.case_id = last.case_id
    """,  # nosec B608 - composed of constants
)
STEPS = Proof(
    key="desk.steps",
    title="办件所在窗口与次第，对办理过程",
    kept="SELECT id, desk_area || '|' || edition FROM desk_case",
    truth="""
    SELECT last.case_id, last.area || '|' || passed.steps FROM (
        SELECT DISTINCT ON (case_id) case_id, area FROM desk_casestep ORDER BY case_id DESC, id DESC
    ) AS last
    JOIN (SELECT case_id, count(*) AS steps FROM desk_casestep GROUP BY 1) AS passed ON passed.case_id = last.case_id
    """,
)
OUTCOMES = Proof(
    key="desk.outcomes",
    title="办件结果与办结日期，对决定",
    kept="SELECT id, outcome || '|' || settled_on FROM desk_case WHERE settled_on IS NOT NULL",
    truth="""
    SELECT case_id, outcome || '|' || (decided_at AT TIME ZONE 'Asia/Shanghai')::date FROM desk_decision
    """,
)
PAUSES = Proof(
    key="desk.pauses",
    title="办件中止计时，对中止记录",
    kept="SELECT id, 1 FROM desk_case WHERE paused",
    truth="SELECT case_id, 1 FROM desk_casepause WHERE until_on IS NULL",
)
# Serial numbers 1, 2, 3 … as many as the last one given says: none missing, none twice.
ARCHIVE_NUMBERS = Proof(
    key="desk.archive_numbers",
    title="档号连续，对取号",
    kept="""
    SELECT series, last || '/' || last FROM desk_numbersequence WHERE starts_with(series, 'archive:') AND last > 0
    """,
    truth="""
    SELECT 'archive:' || split_part(archive_number, '-', 2) || ':' || split_part(archive_number, '-', 3) || ':'
            || split_part(archive_number, '-', 1),
        count(*) || '/' || max(split_part(archive_number, '-', 4)::int)
    FROM desk_case WHERE archive_number IS NOT NULL GROUP BY 1
    """,
)
PAPERS_DUE = Proof(
    key="desk.papers_due",
    title="办件容缺补交期限，对材料",
    kept="SELECT id, papers_due_on FROM desk_case WHERE papers_due_on IS NOT NULL",
    truth="""
    SELECT paper.case_id, min(paper.due_on) FROM desk_casepaper AS paper
    JOIN desk_case AS of_case ON of_case.id = paper.case_id
    WHERE paper.due_on IS NOT NULL AND paper.state IN ('missing', 'tolerated')
        AND of_case.state IN ('accepted', 'decided') AND of_case.outcome <> 'refused'
    GROUP BY 1
    """,
)
# What was delivered before trips were reckoned has none.
TRIPS = Proof(
    key="desk.trips",
    title="跑动次数，对收件、补交和领取的日子",
    kept="SELECT id, trips FROM desk_case WHERE trips IS NOT NULL",
    truth="""
    SELECT of_case.id, count(DISTINCT stood.day) FROM desk_case AS of_case
    LEFT JOIN (
        SELECT id AS case_id, coalesce(received_on, (received_at AT TIME ZONE 'Asia/Shanghai')::date) AS day
        FROM desk_case WHERE source = 'counter'
        UNION ALL
        SELECT case_id, (at AT TIME ZONE 'Asia/Shanghai')::date FROM desk_casestep WHERE kind = 'papers'
        UNION ALL
        SELECT case_id, day FROM (
            SELECT DISTINCT ON (case_id) case_id, way, (delivered_at AT TIME ZONE 'Asia/Shanghai')::date AS day
            FROM desk_delivery ORDER BY case_id DESC, id DESC
        ) AS handed WHERE way = 'counter'
    ) AS stood ON stood.case_id = of_case.id
    WHERE of_case.trips IS NOT NULL GROUP BY 1
    """,
)
URGED = Proof(
    key="desk.urged",
    title="居民催办，对办理过程",
    kept="SELECT id, urged_on || '|' || urge_waits FROM desk_case WHERE urged_on IS NOT NULL",
    truth="""
    SELECT case_id, (max(at) FILTER (WHERE kind = 'urged') AT TIME ZONE 'Asia/Shanghai')::date || '|'
        || (max(id) FILTER (WHERE kind = 'urged') > coalesce(max(id) FILTER (WHERE kind = 'urge_told'), 0))
    FROM desk_casestep WHERE kind IN ('urged', 'urge_told') GROUP BY 1
    """,
)
JOINED = Proof(
    key="desk.joined",
    title="并案，对办理过程",
    kept="SELECT id, 1 FROM desk_case WHERE lead_id IS NOT NULL",
    truth="""
    SELECT case_id, 1 FROM (
        SELECT DISTINCT ON (case_id) case_id, kind FROM desk_casestep WHERE kind IN ('joined', 'parted')
        ORDER BY case_id DESC, id DESC
    ) AS last WHERE kind = 'joined'
    """,
)
PROOFS = (STATES, STEPS, OUTCOMES, PAUSES, PAPERS_DUE, TRIPS, URGED, JOINED, ARCHIVE_NUMBERS)
