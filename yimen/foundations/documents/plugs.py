from yimen.foundations.definitions.ports import Kind, Reader, kinds, readers
from yimen.foundations.documents.engine.letters import Letter, run_example
from yimen.foundations.documents.engine.wording import read_letter_text

kinds.register(Kind(name="letter", grammar=Letter, title="文书", run_example=run_example))
readers.register(Reader("letter", read_letter_text))
