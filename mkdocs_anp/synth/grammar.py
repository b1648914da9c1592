"""The rules that prose is made of: sentences with gaps, and what may fill them.

A gap is a word in braces. It is filled from the post (`{service}`), from its problem (`{cure}`)
or from `RULES`, whose texts may have gaps themselves. A sentence never begins another one's
thought: any of a section's sentences may stand beside any other.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """What a part of a post may say.

    Attributes:
        headings: Its headings, of which a post shows one.
        sentences: Its sentences, of which a post shows a few, none twice.
    """

    headings: tuple[str, ...]
    sentences: tuple[str, ...]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(" ".join(line.split()) for line in text.strip().splitlines())


def _options(text: str) -> tuple[str, ...]:
    return tuple(" ".join(option.split()) for option in text.split(";"))


def _section(headings: str, sentences: str) -> Section:
    return Section(_options(headings), _lines(sentences))


OPENING = _lines("""
    {doing} looked like an afternoon of work when {service} began to handle {domain} {scenario}.
    This note is about {doing} with {stack}, written down after {service} taught us the hard way.
    {service} serves {domain} {scenario}, and {problem} became the thing that everybody mentioned \
      {when}.
    Nobody plans for {problem}, and {service} was no exception: the topic arrived {when}, together \
      with {amount} new {object}s.
    A team that runs {stack} {scenario} meets {problem} sooner or later; ours met it {when}.
    What follows is the short version of {count} messages in a chat room about {problem}.
    {person} asked a plain question {when}: why does {doing} cost us {duration} every week?
    We maintain {service}, a {adjective} system for {domain}, and it had one weak spot: {problem}.
    If you run {stack} for {domain}, you have probably postponed {doing} as often as we did.
    The first version of {service} ignored {problem}, and for {duration} that was the right \
      decision.
    Most advice about {problem} assumes a fresh start; {service} has been in use {scenario} for \
      years.
    Between {service} and {other} lies a seam, and {problem} lived exactly there.
    {when}, {people} spent {duration} on {problem} in {service}; this page keeps what they learned.
    Three teams share {service}, and each of them had an opinion about {doing}.
    {person} from {city} once compared {doing} with {analogy}, and the comparison fits {service}.
""")

PREVIEW = _lines("""
    The short answer is to {cure}.
    The rest of this page explains why, with the numbers of {service} beside it.
    In one sentence: {cure}, and write down how to go back.
    Skip to the checklist if you only want the steps.
    It helps to know the {term} before reading on.
    None of this is specific to {domain}, although the examples are.
    The code is shortened, the figures are real, and the names of customers are not.
    Readers of the note about {codename} will recognise the shape of the problem.
    Everything here was tried {scenario} and nowhere else, so read it with that in mind.
    {person} reviewed the text and added two warnings that we had forgotten.
    We kept the mistakes in, because they explain the {term} better than the result does.
    Some names have changed: what is {codename} here was called {codename} for years.
""")

SIGNS = _section(
    """
    What we saw; How it shows; The first signs; Symptoms worth knowing; What the graphs said;
    Before anybody had a name for it; What support heard; A bad week
    """,
    """
    The first sign was easy to overlook: {sign}.
    It usually shows in this way: {sign}.
    {people} noticed {when} that something was off, long before any alarm did.
    Support described it better than our dashboards: {sign}.
    Between {hour} and {hour} the {metric} rose by {percent} and then fell back as if nothing had \
      happened.
    On {host} the {metric} reached {factor} times that of its neighbours, and the {term} was the \
      only difference.
    We blamed the network for {duration}, then {other}, and only then the {term}.
    One {object} in {count} was affected, which is rare enough to be called bad luck and often \
      enough to be none.
    The reports had one thing in common: every one of them mentioned {object}s.
    {sign}; whoever has seen that once will recognise it the next time.
    The log of {service} held {count} warnings about the {term}, all of them ignored since {month}.
    Restarting {service} helped for {duration}, which made the search harder rather than easier.
    A customer in {city} sent a screen recording, and it showed what no test had shown.
    What confused us most was that {codename}, which runs the same code, behaved well.
    At {percent} of its usual load {service} looked healthy; at {percent} it did not.
    {person} drew the {term} on a whiteboard, and the gap in the middle was the explanation.
    It felt like {analogy}: nothing to see for {duration}, then everything at once.
    {host} and {host} were the first to fail, which {people} took for a coincidence.
    {aside} {sign}.
    """,
)

CAUSES = _section(
    """
    Where it comes from; Why it happens; The cause, as far as we know it; Behind the symptom;
    Looking for the reason; Anatomy of the failure; What was really going on
    """,
    """
    The reason is plain once you see it: {cause}.
    {aside} {cause}.
    Most of the time {cause}.
    Add to this that {cause}, and the picture is complete.
    Nothing in {stack} forces you into this; the defaults merely make it likely.
    The {term} was introduced for {object}s in {month}, when {service} had {factor} users, and \
      never looked at again.
    We found {number} places that touched the {term} and only one that knew about the others.
    {tool} showed it within {duration}, after we had stopped guessing.
    A comment from {person} warned about the {term}, in a file that nobody opens.
    Think of {analogy}: it works because nobody asks for more than it holds, and we asked.
    The trail led from {host} over {codename} to a line that {person} had written for {codename}.
    It is tempting to blame {codename}; the trace says otherwise.
    Two assumptions met here: that {object}s are small, and that the {term} is cheap.
    {scenario}, such a mistake stays hidden, because the load never reaches the {term}.
    The documentation of {stack} mentions it in one sentence, and we had read past it.
    It took a test with {count} {object}s to reproduce what production did every {weekday}.
    The change that caused it was correct, reviewed and {adjective}; it met a {term} that had \
      changed as well.
    Both halves of the bug were harmless alone, which is why reviews on {weekday} and on {weekday} \
      missed them.
    """,
)

CHANGES = _section(
    """
    What we changed; The change; A way that works; Smaller steps; How {service} does it now;
    The approach in {stack}; Doing it properly; The boring solution
    """,
    """
    The rule we settled on is to {cure}.
    First of all, {cure}; most of the gain comes from this alone.
    Then {cure}, which takes longer and can wait for a calm week.
    We moved the {term} out of {other} and into {service}, where one team owns it.
    {person} wrote the first version in {duration}, and half of it is still in use.
    The new code knows about {object}s and about nothing else, so it can be read in one sitting.
    The heavy part is left to {tool}; our own code decides when and how often.
    Where the old path asked {number} questions, the new one asks one and remembers the answer for \
      {duration}.
    We kept the interface, replaced what is behind it, and told nobody until it had run for \
      {duration}.
    A {adjective} default turned out to matter more than any tuning of the {term}.
    Every {object} now carries the name of the process that touched it last.
    If you can do only one thing, {cure}.
    The patch has {count} lines, of which {number} matter; the rest makes them testable.
    What used to be one function is now three: one that reads, one that decides and one that writes.
    We named the helper after {codename}, since that is where the idea was born.
    The model is {analogy}: dull, well understood, and easy to repair.
    Requests from {codename} and {codename} share the new path, while those of {host} keep the old \
      one.
    For {domain} this means that {a_object} is handled once, or visibly not at all.
    """,
)

MEASURING = _section(
    """
    Measuring it; Numbers; Before and after; What to watch; Figures from {service};
    Proof; How we know
    """,
    """
    Before the change the {metric} stood at {ms} on {host}; afterwards it was {ms}.
    Watch the {metric} first, since it moves before anything else does.
    Without a figure from before, nobody can say whether {doing} helped; ours came from {tool}.
    We recorded the {metric} for {duration}, on weekdays and on a weekend.
    {percent} of all {object}s take the fast path now, up from {percent}.
    The average hardly moved, and the slowest {percent} became bearable, which was the point.
    A graph of the {metric} hangs in the office in {city}, next to the coffee machine.
    We compared {count} runs on {host} with as many on its twin, and left out the first ten of each.
    Measure where users are: a fast {term} in the data centre says little about a train.
    The {metric} and the load of {host} belong on one screen, because either can look fine alone.
    Recording with {tool} costs {percent} of the throughput, so we do it on one machine.
    Beware of the mean: {number} slow calls in {count} vanish in it.
    The gain was {percent} in {month} and {percent} in {month}, after {codename} had moved over too.
    Numbers without a date are rumours; these are from {month}, with {stack} in its current version.
    An improvement below {percent} is noise on shared machines, whatever the chart looks like.
    {host} serves as the control: same load, same {term}, no change.
    The curve of {month} looks like {analogy}, and {person} framed it.
    """,
)

ROLLOUT = _section(
    """
    Rolling out; The order of steps; Going live; A careful release; Into production;
    Shipping it; Release notes for ourselves
    """,
    """
    Ship the part that reads before the part that writes, and leave {duration} between them.
    We started with {percent} of the traffic in {city} and waited until {weekday}.
    {env} came first, then {codename}, which nobody would miss for {duration}.
    Write the way back down before going forward, and let somebody else try it.
    The flag stays for one release; after that it is a branch that nobody tests.
    {person} watched the {metric} while {people} pressed the button.
    Old and new ran side by side for {duration}, and a job compared what they said about every \
      {object}.
    A rollback took {minutes} in rehearsal and {minutes} when it counted.
    Announce the change where people look, which for {domain} is the status page and not the wiki.
    We chose a {weekday} morning, because everybody who might be needed is awake then.
    Leave the {term} alone during the rollout; one change at a time is slow and ends earlier.
    {number} hosts went first, {host} among them, since its load is the strangest.
    If the {metric} should double, go back first and think afterwards.
    The migration of {count} {object}s ran at night and stopped by itself at {hour}.
    Tell the team of {other} beforehand: their alarms look at our {term}.
    The order was {codename}, then {codename}, then {host}, from the least important to the most.
    {person} compared the release with {analogy}; it was meant as praise.
    """,
)

SAFETY = _section(
    """
    Security and maintenance notes; Keeping it safe; Hardening; What an auditor will ask;
    Maintenance; Limits and permissions
    """,
    """
    Treat every {object} as text from a stranger, including those that {other} sends.
    The account that handles the {term} may read {object}s and write nothing else.
    Put a limit on size, on number and on time; {service} had two of these and needed the third.
    Secrets for {tool} live in the vault, and the build log was searched for copies.
    Log who changed the {term} and when, but never the {object} itself.
    An upper bound of {count} looks arbitrary and has stopped {number} accidents so far.
    Review the permissions whenever {a_object} gains a field, since fields are how data escapes.
    {person} tried to break it for {duration} and found the error page a little too talkative.
    Keep the dependency on {tool} at one place, so that replacing it stays an afternoon of work.
    Updates of {stack} are taken within {duration}, or a note says why not.
    A header that is missing fails the build; a checklist alone would be forgotten by {month}.
    Delete what you no longer need: the {object}s of {month} were a liability and nothing else.
    A permission is like {analogy}: handy once, and forgotten at the wrong place.
    The keys of {codename} and {host} are separate now, so that losing one is not losing both.
    Separate what the rule is from where it is enforced, or a move of the {term} will lose it.
    """,
)

REJECTED = _section(
    """
    What we did not do; Roads not taken; Alternatives; Ideas that lost; Rejected for now;
    Why not simply buy it
    """,
    """
    Adding machines would have hidden {problem} for {duration} and cost {percent} more each month.
    A rewrite in another language was proposed {when} and withdrawn after one look at the {term}.
    {tool} can do it too; we use it elsewhere and did not want it on this path.
    We tried to do without the {term} altogether, and {codename} still does.
    Caching the result was the first idea of {people}, and it would have made every error last \
      {duration}.
    A commercial product exists, does it well, and wants to see every {object}.
    The paper that everybody cites assumes {factor} times our load and none of our constraints.
    Doing it in {other} was closer to the data and further from the people who understand it.
    One colleague argued for doing nothing; with {count} {object}s a day that was a fair point.
    The generic solution has {number} options, and each of them was a question we could not answer.
    We postponed the general case: for {domain} the simple one will do, and nobody asked for more.
    A queue between {service} and {other} would work and would need an owner.
    {person} proposed {analogy} as a model, and we still like the idea.
    {codename} went the other way and was retired in {month}.
    """,
)

TESTING = _section(
    """
    Testing it; How to try it; A test that fails first; Rehearsal; Checks that stayed;
    Breaking it on purpose
    """,
    """
    The test that mattered was the one that failed before the change and passed after it.
    We generated {count} {object}s with a fixed seed, so that a failure can be repeated.
    For the test, the {term} is replaced by one that fails every {nth} time.
    {person} pulled the plug of {host} on a {weekday}, with everybody's consent.
    A unit test covers the decision, an integration test the seam to {other}, and a person the rest.
    Property tests found an empty {object}, which no example of ours had contained.
    Run the suite with {tool} switched off once; it is surprising what still passes.
    The load test imitates the {weekday} of the last incident, down to its strange pause at {hour}.
    Time is passed in and never asked for, so that {duration} of waiting takes no time in a test.
    Test the way back as carefully as the way forward, since it will be used in a hurry.
    A recorded answer from {codename} keeps the test honest and is renewed every {month}.
    What cannot be tested is at least logged: the {term} says what it decided and why.
    The slowest test takes {minutes} and runs at night only, with its own alarm.
    We call the generator of broken {object}s {codename}, after {analogy} in the office in {city}.
    The fixture {codename} is a copy of {host}, with every name replaced.
    """,
)

ON_CALL = _section(
    """
    For whoever is on call; At three in the morning; Runbook in short; When the pager rings;
    First aid; Operating {service}
    """,
    """
    Look at the {metric} before anything else; if it is normal, the cause is elsewhere.
    The first step is always safe: switch {service} to its old path and breathe.
    Do not restart {host} before saving a snapshot, or the evidence is gone.
    {tool} can answer in {minutes} what the logs answer in a day.
    If {sign}, call the team of {codename} rather than waiting for morning.
    Wake somebody when more than {percent} of the {object}s fail; below that it can wait.
    The most common false alarm is a backup on {host}, which starts at {hour}.
    Write what you did into the ticket while you do it, times included.
    After {minutes} without progress, hand over; tired people repeat themselves.
    The link to the dashboard is in the alert, because nobody finds bookmarks at night.
    {people} will thank you for a note, even one that says that nothing helped.
    A full restart of {service} takes {minutes} and loses no {object}, as we verified in {month}.
    Ignore {host}: it shouts like {analogy} and has never been the cause.
    If {codename} is red as well, call {person} in {city}; the number is in the {place}.
    """,
)

COSTS = _section(
    """
    What it costs; Time and money; The bill; Trade-offs; Effort; A fair price
    """,
    """
    The work took {duration} for two people, half of it for the {term}.
    In return the bill for {host} and its siblings fell by {percent}.
    Each million {object}s costs {amount} cents less, which is nice and was not the reason.
    The price is one more moving part, which {people} have to understand.
    Storage grew by {percent}, because the {term} is kept for {duration} now.
    Latency is up by {ms} for the first call and down for every later one.
    We gave up strict order for {object}s, and no customer has noticed since {month}.
    Somebody has to look at the {metric} every {weekday}; that is {duration} a year.
    Training took longer than coding: {number} teams, one hour each, and the same three questions.
    The next {object} type will cost an hour rather than the {duration} it used to take.
    It would not have paid off below {count} {object}s a day.
    {codename} got the same change for free, which settled the argument.
    For comparison: {analogy} in the office of {city} cost more than the change.
    {codename} and {host} were switched off, which nobody but the accountant noticed.
    """,
)

PEOPLE = _section(
    """
    Who owns it; Working agreements; Documentation; People; Keeping the knowledge; Handover
    """,
    """
    The {term} has an owner now: the team of {service}, and within it {person}.
    Every change to the {term} needs one reviewer who has been on call for {service}.
    We keep this page beside the code, since a wiki forgets faster than a repository.
    New colleagues repeat the exercise of {month} in {env} during their second week.
    Questions go to the channel of {codename}; answers that come twice go into this note.
    A decision without its reasons will be reversed, so the reasons are in the {place}.
    {people} described the old behaviour first, which made the new one much easier to explain.
    The glossary now says what we mean by {term}, and {number} arguments ended that day.
    Product managers see the {metric} too; it replaced a monthly meeting.
    {person} moved to {other} in {month}, and the handover took an hour thanks to the {place}.
    If a paragraph here is wrong, change it; the history shows who to ask.
    Name the {term} the same everywhere, in code, in graphs and in conversation.
    {person} explains it with {analogy}, and new colleagues remember it.
    The old names, {codename} and {codename}, are gone from every page.
    """,
)

CLOSING = _section(
    """
    Final notes; In short; What remains; Afterwards; Summary; Looking back; Next steps
    """,
    """
    The gain is not only a better {metric}; it is that the next person can see why.
    Keep the figures, the commands and the doubts of {doing} together, as this page tries to do.
    We would do it again in the same order, and start with the {metric} next time.
    {problem} will come back in another form, and the {place} is where it should be written down.
    What remains is the {term}, which still depends on {codename}.
    For {stack} the recipe is short: {cure}, then {cure}.
    Small and reversible beats clever, at least {scenario}.
    If you try this, note your own numbers; ours are those of {domain}.
    The open question is what happens at {factor} times the load, and we will know in {month}.
    Thanks to {person}, who asked the question that started it.
    {service} has been quiet since, which is the best that can be said about {problem}.
    A year from now somebody will wonder about the {term}; this note is for them.
    {person} keeps {analogy} on the desk as a reminder of {month}.
    {codename} is next, and {host} after it.
    """,
)

MIDDLE: tuple[Section, ...] = (
    SIGNS,
    CAUSES,
    CHANGES,
    MEASURING,
    ROLLOUT,
    SAFETY,
    REJECTED,
    TESTING,
    ON_CALL,
    COSTS,
    PEOPLE,
)
"""The sections between the opening and the closing, in the order in which posts have them."""

CODE_LEADS = _lines("""
    The core of it in {language}, without the error messages:
    This is what {service} runs today:
    Shortened, the part that deals with {object}s looks like this:
    The version that survived the review of {person}:
    A sketch for {stack}; adapt the names before use:
    In code the idea is smaller than in words:
    The {term} ends up in one place:
""")

CODE_REMARKS = _lines("""
    The limit is a guess from {month}, and it has held so far.
    Note what is missing: there is no second attempt inside, because {other} has one already.
    The name comes from {codename} and is explained in the {place}.
    It fails loudly if {a_object} is unknown, which we prefer to a quiet default.
    {person} insisted on the early return, and was right.
    Everything else about the {term} is configuration and stands in the {place}.
    The interesting line is the one with the number; all others are plumbing.
    With {tool} beside it, the effect is visible within {minutes}.
""")

LINK_SENTENCES = _lines("""
    A related note is {link}.
    The groundwork is described in {link}.
    {link} looks at the same question from another side.
    Compare this with {link}, which reached a different conclusion.
    For the details see {link}.
    The pattern is that of {link}.
    Much of it was learned while writing {link}.
    Readers in a hurry may begin with {link}.
    What {link} says about the {term} holds here as well.
""")

TITLES = _lines("""
    Field notes on {doing} in {stack}
    {doing} in {stack}: what worked for {domain} in {city}
    How {service} deals with {problem}
    {problem} in {stack}, measured and mended by the team of {codename}
    {codename}: {doing} {scenario}
    A year of {problem} at {service} and {codename}
    {stack} and {problem}: notes from {domain} in {city}
    What {domain} in {city} taught {service} about {problem}
    {service}: {doing} without drama, with {tool}
    {doing} for {domain} with {stack} and {tool}
    Notes of {surname} on {problem} for teams that run {stack}
    Lessons of {codename}: {doing} {scenario}
    {problem} at {service}: follow the {metric}
    The {term} and {number} other reasons for {problem} at {service}
    Why {service} and {other} disagree about {problem}
    {doing} in {city}, one {object} at a time
    From {codename} to {service}: {doing} again
    {number} mistakes in {doing} for {codename}
    {problem} {scenario}: the checklist of {surname}, with reasons
    A second look at {problem} in {service}
    The {metric} of {codename} told us about {problem}
    {stack} in {month}: {doing} under the load of {codename}
    How to {cure}: {service} in {month}
    {problem} at {service}, for people in a hurry who know {codename}
    What {tool} shows about {problem} in {codename}
    {doing} before {month}, the next peak of {codename}
    Nobody likes {problem}: a report of {surname} from {city}
    {service} after the change: {problem} revisited
    Small steps against {problem} in {codename}
    When the {term} of {service} is to blame, and when {codename} is
""")

SUMMARIES = _lines("""
    {doing} in {stack} for {domain}, {scenario}: what we saw, what we changed, and how the \
      {metric} moved.
    A practical look at {problem} in {service}. It shows the cause, a small change and the way back.
    Why {sign}, and how to {cure} without stopping {service}.
    {service} had trouble with {problem}; this note keeps the figures, the code and the order of \
      steps.
    How to {cure} with {stack}, {scenario}, told with the numbers of {domain}.
    Notes for teams that face {problem}: watch the {metric}, {cure}, and keep the old path for a \
      release.
    Everything about {problem} begins at the {term}. This note follows it from the first sign to a \
      fix that stayed.
    What {people} learned from {doing} {scenario}, with code in {language} and a checklist.
""")

BRIEFS = _lines("""
    The note starts with the figures, names the {term} as the weak spot, and changes one thing at \
      a time. It does not claim to fit every setup {scenario}.
    Written as a draft for engineers: context first, then the cause, then a change that can be \
      taken back. The verdict is left to the {metric}.
    It argues that teams should {cure} before they buy anything, and lists what to check in {env}. \
      Open questions stay open.
    The text compares two ways of {doing}, prefers the smaller one, and says under which load it \
      would choose the other.
    A walk through {problem} in {stack}: sign, cause, change, proof, with {tool} as the \
      witness and {service} as the example.
    The reader gets a working order of steps, the figures of {service} and an honest list of what \
      is still missing.
""")

NOTES = _lines("""
    the text and all figures are made up for tests of import and load
    the view count is invented and says nothing about real readers
    lists like this one are expected to be shown as lists
    {service} and {other} do not exist; any likeness is chance
    have a person read this before a search engine does
    the pictures come from services for placeholders
    figures of {month} were rounded
    the code is an excerpt and does not run alone
    written for {audience}
    replaces an older note about the {term}
    ask the team of {codename} before quoting
    checked in {env} only
""")

ACTIONS = _options("""
    measure first and change one thing; keep the old path for a release; move the rule next to
    the data; start with the smallest customer; write the way back before the way forward; agree
    on the words, then on the code; limit it, log it, leave it; rehearse in staging and repeat;
    automate the check before the cure; delete before you add
""")

CAPTIONS = _lines("""
    {doing} with {stack}, visual reference {nr}
    the {term} of {service}, picture {nr}
    {problem}: overview {nr}
    {metric} over a week, figure {nr}
    {area} at work, illustration {nr}
    {service} before the change, view {nr}
    the team of {service} looking at the {metric}, photo {nr}
    a sketch of the {term} for {domain}, number {nr}
""")

CHECKS = _options("""
    run linting; run unit tests; run one integration check; verify staging config; tag the
    release; write down the way back; compare the numbers; tell the people on call; update the
    runbook; remove the old path; review the permissions; take a snapshot; check the backups;
    announce the window; watch for an hour; close the ticket; note who owns it; ask for a second
    pair of eyes; clean up the branch; record the figures
""")

RULES: dict[str, tuple[str, ...]] = {
    "aside": _options("""
        In our experience:; To be exact:; Seen from {other}:; As {person} put it:; In other words:;
        Seen from the outside:; The short version:; After a second look:; On {host} at least:
    """),
    "when": _options("""
        last autumn; in the second week of {month}; on a {weekday}; shortly before the holidays;
        after the office in {city} opened; during an audit; while {person} was away; two releases
        ago; in {month}; over a long weekend; at the end of the quarter; right after a demo
    """),
    "people": _options("""
        two engineers; the people on call; {person} and a contractor; the platform group; an
        intern; the support desk in {city}; a small task force; {person}; the release managers;
        somebody from accounting; the analysts; our testers; the night shift; the architects;
        a visiting student; the team of {codename}
    """),
    "adjective": _options("""
        boring; modest; stubborn; friendly; careful; plain; dependable; small; frugal; patient;
        sober; tidy; humble; sturdy; conservative; quiet; practical; thoughtful; simple; robust
    """),
    "env": _options("""
        staging; a copy of production; the sandbox; a rented machine; the test cluster; a
        branch environment; the training system; the lab in {city}; the shadow environment
    """),
    "place": _options("""
        runbook; changelog; decision log; ticket; readme; release notes; handbook; commit message;
        postmortem; service catalogue; review template; glossary
    """),
    "audience": _options("""
        newcomers; reviewers; people on call; architects; auditors; data engineers; testers;
        product managers; site owners; maintainers of {codename}
    """),
    "city": _options("""
        Lisbon; Zürich; Oslo; Kraków; Porto; Leeds; Utrecht; Nairobi; São Paulo; Montréal; Osaka;
        Tallinn; Graz; Bologna; Bristol; Malmö; Brno; Lyon; Austin; Galway; Toronto; Pune; Hanoi;
        Quito; Cádiz; Tromsø; Gdańsk; Perth; Denver; Rotterdam; Busan; Izmir; Aarhus; Accra;
        Antwerp; Bergen; Bilbao; Boise; Bordeaux; Bremen; Cardiff; Cork; Cusco; Dakar; Dresden;
        Dundee; Fukuoka; Geneva; Genoa; Ghent; Girona; Halifax; Hobart; Jena; Kampala; Kaunas;
        Kigali; Kyoto; Leiden; Leipzig; Lima; Linz; Ljubljana; Lugano; Lund; Madison; Malaga;
        Marseille; Medellín; Mérida; Modena; Nantes; Odense; Oulu; Palermo; Parma; Plovdiv;
        Poznań; Reykjavík; Riga; Rosario; Salzburg; Santiago; Seville; Sheffield; Sofia; Split;
        Tampere; Tartu; Timișoara; Toulouse; Trieste; Trondheim; Turin; Turku; Uppsala; Valencia;
        Varna; Verona; Vilnius; Wellington; Windhoek; Zadar
    """),
    "month": _options("""
        January; February; March; April; May; June; July; August; September; October; November;
        December
    """),
    "weekday": _options("Monday; Tuesday; Wednesday; Thursday; Friday; Saturday; Sunday"),
    "number": _options("""
        two; three; four; five; six; seven; eight; nine; eleven; a dozen; fourteen
    """),
    "nth": _options("third; fourth; fifth; seventh; tenth; twelfth; twentieth"),
    "factor": _options("three; four; five; six; eight; ten; twenty; forty; a hundred"),
    "duration": _options("""
        ten minutes; a quarter of an hour; half an hour; an hour; two hours; a morning; a day; two
        days; three days; a week; a fortnight; a month; six weeks; a quarter; ninety seconds; four
        minutes; one sprint; half a year
    """),
    "minutes": _options("""
        two minutes; four minutes; five minutes; eight minutes; ten minutes; a quarter of an hour;
        twenty minutes; half an hour; forty minutes; ninety seconds; less than a minute
    """),
    "first_name": _options("""
        Mara; Jonas; Aiko; Priya; Tomás; Ingrid; Leila; Noor; Felix; Zofia; Kwame; Elena; Marek;
        Sana; Luc; Hana; Pedro; Yusuf; Greta; Ivo; Amara; Björn; Chloé; Dana; Emil; Farid; Gia;
        Hugo; Imani; Jarek; Katya; Linh; Milo; Nadia; Oskar; Paula; Quinn; Rosa; Stefan; Thea;
        Uma; Viktor; Wanda; Ximena; Yara; Zeno; Adil; Agnes; Anouk; Arjun; Astrid; Bao; Beatriz;
        Benedek; Bogdan; Brigid; Carmen; Cedric; Chiara; Dagny; Dmitri; Edda; Eilidh; Esra; Fabio;
        Fatima; Fiona; Gaspard; Gunnar; Haruto; Hedvig; Henrik; Ilse; Inés; Ismail; Jana; Jelena;
        Joaquín; Kaito; Kamala; Kerstin; Lars; Latoya; Lene; Livia; Ludmila; Magnus; Malik; Mateo;
        Mei; Mirela; Moritz; Naledi; Nikhil; Nuria; Odile; Olga; Ottavia; Pascal; Petra; Rafael;
        Ranjit; Renske; Ruben; Sabine; Samir; Saoirse; Selma; Sven; Tariq; Teresa; Tibor; Tove;
        Ulrich; Valentina; Vera; Wim; Xavier; Yasmin; Yuki; Zainab; Zsófia
    """),
    "analogy": _options("""
        a lighthouse; a canal lock; a beehive; a piano tuner; an umbrella stand; a ferry timetable;
        a sourdough starter; a spare tyre; a cuckoo clock; a library card; a lawn sprinkler; a
        letterbox; a chess opening; a rain barrel; a tram depot; a compass; a smoke detector; an
        anchor; a paper map; a cash register; a snow plough; a coat check; a coral reef; a
        seesaw; a windmill; a barometer; a bucket brigade; a marathon; a crossword; a choir; a
        drawbridge; a filing cabinet; a fire drill; a garden hose; a glacier; a hammock; an
        hourglass; a jigsaw; a juggler; a kettle; a kite; a lottery; a magnet; a metronome; a
        mousetrap; an orchestra; a pancake; a parachute; a pendulum; a petrol gauge; a pinball; a
        potter's wheel; a quilt; a relay race; a revolving door; a rope bridge; a sailing boat; a
        scarecrow; a sewing machine; a sieve; a skeleton key; a sponge; a stage curtain; a
        stopwatch; a suitcase; a swimming pool; a tandem; a telescope; a thermostat; a tide table;
        a toaster; a traffic light; a treadmill; a trampoline; a turnstile; a typewriter; a vending
        machine; a waiting room; a walnut; a water clock; a weather vane; a well; a whistle; a
        wine cellar; a zipper; an abacus; an aquarium; an avalanche; an echo; an elevator; an
        escape room; an ice rink; an oyster; a bonsai; a boomerang; a candle; a carousel; a
        chimney; a deck of cards; a dishwasher; a doorstop; a flea market; a fountain; a harbour; a
        lantern; a mosaic; a nutcracker; a postcard; a puppet; a railway siding; a rudder; a saddle;
        a scaffold; a ski lift; a spinning top; a staircase; a tightrope; a trombone; a yardstick
    """),
    "verb": _options("""
        load; refresh; collect; settle; publish; archive; match; verify; replay; resolve; rebuild;
        expire; assign; merge; export; inspect; reserve; release; schedule; enrich
    """),
    "ms": tuple(f"{n} ms" for n in range(12, 2400, 17)),
    "percent": tuple(f"{n}%" for n in range(3, 97)),
    "count": tuple(str(n) for n in range(50, 9000, 37)),
    "amount": tuple(str(n) for n in range(11, 400, 7)),
    "hour": tuple(f"{n // 4}:{n % 4 * 15:02d}" for n in range(96)),
    "small": tuple(str(n) for n in range(2, 10)),
    "seconds": tuple(str(n) for n in (15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 900, 1800, 3600)),
    "millis": tuple(str(n) for n in (150, 200, 250, 400, 500, 750, 1000, 1500, 2000, 3000, 5000)),
    "person": ("{first_name} {surname}",),
    "host": ("{lower_name}-{small}", "{lower_name}-0{small}", "{lower_name}{small}.internal"),
}
"""What fills a gap that the post itself does not fill."""
