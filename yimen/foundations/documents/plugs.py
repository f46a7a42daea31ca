from yimen.foundations.audit.ports import Proof, proofs
from yimen.foundations.definitions.ports import Kind, Reader, kinds, readers
from yimen.foundations.documents.engine.letters import Letter, run_example
from yimen.foundations.documents.engine.wording import EVERYDAY, read_letter_text

kinds.register(Kind(name="letter", grammar=Letter, title="文书", run_example=run_example, everyday=EVERYDAY))
readers.register(Reader("letter", read_letter_text))
proofs.register(
    Proof(
        key="documents.letter_numbers",
        title="文号连续，对已出具的文书",
        kept="""
        SELECT concat_ws('|', number_kind, unit_area, year), last || '/' || last FROM documents_lettercounter WHERE last > 0
        """,
        truth="""
        SELECT concat_ws('|', number_kind, unit_area, year), count(*) || '/' || max(sequence) FROM documents_letter GROUP BY 1
        """,
    )
)
