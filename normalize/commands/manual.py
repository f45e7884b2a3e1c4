"""What `--help` says after the options: what is printed, exit codes, settings, examples that can be typed."""

from __future__ import annotations

CALQUE = """examples:
  calque lint article.txt                  what an editor should see
  calque lint --diff content/              what --fix would change in a folder
  calque lint - --stdin-filename a.md      read standard input
  calque resolve "Vuong Nghi"              who is that?
  calque forms 王毅 --language zh           every form the channels make of a name
  calque explain NAM001                    a rule, an entity or a term
  calque normalize corpus/ out/            normalise the names of a corpus
  calque init                              write settings for this folder
  calque baseline create                   live with what is there, fail on what is new

exit codes:
  0  clean
  1  findings at or above --fail-on; with a baseline, new ones
  2  could not run: usage, settings or tables
  3  some input was not read, or some output not written; the rest was

calque COMMAND --help says more. In tests: pytest --calque.
"""
LINT = """what is printed:
  text     place, severity, code and message; the line with the span marked; the evidence; the fix
  json     everything, for programs: docs/json.md says what each field means; jsonl: one line a finding
  github   workflow commands, which GitHub Actions shows as annotations at the lines
  sarif    for code scanning: rules, fixes, what is known or allowed marked; junit for dashboards, rdjson for reviewdog
  html     one page for an editor: the texts with what was found marked in them, filters, light and dark

what may follow a finding:
  fix          safe: --fix does it, outside quotations and bylines
  suggestion   likely right: --fix --suggested does it
  perhaps      for an editor to weigh

settings: [tool.calque] in the nearest pyproject.toml, or the same keys in calque.toml; options go first
  files = ["content/**/*.md"]        what is checked where no path is given
  fail-on = "warning"                info, warning or error
  style, language, ignore, baseline  house style, language of all texts, codes switched off, file of known findings
  select = ["NAM", "CAL001"]         the only rules that run; calque rules lists them
  packs = ["our-terms"]              folders of terms and habits of your own, or packs of installed packages
  encoding                           of files that are not UTF-8 and do not declare what they are

in a text: <!-- calque: allow NAM001 until 2027-01-31 – the reason --> silences a rule on its line (allow-next-line: the
  next, allow-block to end-allow: in between, allow-file: everywhere); the date may be left out, the reason may not.
  In reStructuredText: .. calque: allow NAM001 – the reason; in AsciiDoc: // calque: …; for the next line

environment:
  XDG_CACHE_HOME   where the compiled tables and what runs found are kept (default: ~/.cache)
  NO_COLOR         no colours on a terminal

examples:
  calque lint                                        the project's files
  calque lint content/ --fail-on error
  calque lint --fix article.md                       then what remains is reported
  calque lint --format json article.md > found.json
  calque lint content/ --output html=found.html --output sarif=found.sarif
  git show HEAD:a.md | calque lint - --stdin-filename a.md
"""
RESOLVE = """prints: the name, sure, unsure or unknown, and for each candidate name, id, score and route
with --format jsonl one JSON object a line, for every line of input

examples:
  calque resolve "Vuong Nghi" "Tập Cận Bình"
  calque resolve --language vi --format jsonl < names.txt
  calque resolve --table ours.tsv --only-tables "Si Tszinpin"
"""
FORMS = """prints: the form, the channel (the language that writes it so) and the route, tab-separated

examples:
  calque forms 王毅 --language zh
  calque forms 習近平 --language zh --name "Xi Jinping"
"""
EXPLAIN = """examples:
  calque explain NAM001                      what the rule finds, and why
  calque explain person/wang-yi              the entity's card
  calque explain term/level-playing-field    the term, and what copies of it look like
"""
NORMALIZE = """examples:
  calque normalize corpus/ out/ --column text
  calque normalize corpus/*.parquet out/ --column article.body --annotate --findings
  calque normalize corpus/ out/ --min-confidence 0.95 --only persons
  calque normalize corpus/ out/ --table our-people.tsv
"""
VERIFY = """examples:
  calque verify out/
"""
SURVEY = """examples:
  calque survey corpus/
  calque survey corpus/ --format html > survey.html
"""
