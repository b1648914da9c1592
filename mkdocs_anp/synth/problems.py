"""What posts are about: problems of software teams, each with its own words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem, and what there is to say about it.

    Attributes:
        name: What one does about it, such as `handling background jobs`.
        noun: What it is called, such as `background jobs`.
        kinds: The kinds of stack it occurs in.
        tag: Its tag.
        terms: Things that belong to it, each fit to follow "the".
        signs: Sentences without a full stop: how it shows.
        causes: Sentences without a full stop: where it comes from.
        cures: What to do, fit to follow "to".
        metrics: What to measure, each fit to follow "the".
        checks: Items of a checklist.
    """

    name: str
    noun: str
    kinds: frozenset[str]
    tag: str
    terms: tuple[str, ...]
    signs: tuple[str, ...]
    causes: tuple[str, ...]
    cures: tuple[str, ...]
    metrics: tuple[str, ...]
    checks: tuple[str, ...]


def _split(texts: str) -> tuple[str, ...]:
    return tuple(text.strip() for text in texts.split(";"))


def _problem(name: str, noun: str, kinds: str, tag: str, *lists: str) -> Problem:
    terms, signs, causes, cures, metrics, checks = map(_split, lists)
    return Problem(
        name, noun, frozenset(kinds.split()), tag, terms, signs, causes, cures, metrics, checks
    )


# Kinds of stacks: web (in a browser), server, data (stores and pipelines), ops, mobile.
PROBLEMS: tuple[Problem, ...] = (
    _problem(
        "handling background jobs", "background jobs", "web server", "background-jobs",
        "queue; worker process; job payload; retry policy; scheduler; status endpoint",
        "a request times out although its work succeeds; the same report is built twice; "
        "jobs vanish whenever a process is replaced",
        "work that outlives the request still runs inside it; a worker acknowledges a job before "
        "it has done it; nobody decided who owns a job that fails three times",
        "answer with 202 and the address of a status; give every job an id that the client can "
        "repeat; acknowledge a job only after its result is stored",
        "queue depth; age of the oldest job; share of jobs that were retried",
        "run every job twice and compare the results; stop a worker in the middle of a job; "
        "alert on the age of the oldest job",
    ),
    _problem(
        "speeding up slow queries", "slow queries", "server data", "slow-queries",
        "query plan; sequential scan; composite index; row estimate; buffer cache; slow log",
        "a list page takes longer with every month of data; one filter is fast and its neighbour "
        "is not; the processor of the database is busy while its disks are idle",
        "the planner guesses the number of rows from statistics of last spring; a function around "
        "a column hides its index; the query reads forty columns to show three",
        "read the plan with real parameters; put the equality columns of an index before the "
        "range column; ask for the columns that the page shows and for no others",
        "p95 of the query time; number of rows read per row returned; buffer hit ratio",
        "keep the plan from before the change; refresh the statistics; compare the plan on a copy "
        "of production",
    ),
    _problem(
        "preventing cache stampedes", "cache stampedes", "web server data", "caching",
        "time to live; stale value; refresh lock; origin; hot key; early expiry",
        "load on the origin jumps at every full minute; one popular key expires and the database "
        "follows; the cache reports many hits and the users report many errors",
        "a thousand requests miss the same key and all of them compute it; values that were "
        "written together expire together; an empty answer is never cached",
        "let one request refresh a value while the others get the stale one; spread the lifetimes "
        "by a random tenth; cache the absence of a value as well",
        "number of origin calls per key; hit ratio of the ten hottest keys; time to refill",
        "empty the cache under load; limit the refresh to one caller; set a lifetime on every key",
    ),
    _problem(
        "repairing flaky tests", "flaky tests", "web server mobile data", "testing",
        "test order; shared fixture; fake clock; retry flag; quarantine list; random seed",
        "the main branch is red in the morning and green after a second run; a test fails only on "
        "the build machine; people press the retry button without reading the log",
        "two tests share a row and one of them changes it; the assertion waits for a second and "
        "the machine needs two; a test depends on the order of a set",
        "wait for a condition instead of a time; give each test its own data; run the suite in "
        "random order and print the seed",
        "share of runs that pass at the second attempt; number of quarantined tests; time to green",
        "run the changed tests fifty times; freeze the clock; remove one entry from quarantine",
    ),
    _problem(
        "migrating a schema without downtime", "schema migrations", "server data", "migrations",
        "expand phase; backfill; lock timeout; shadow column; contract phase; migration lock",
        "a deploy waits behind a long transaction and everybody waits behind the deploy; the old "
        "release writes rows that the new one cannot read; the backfill fills the disk with log",
        "the change and the code that needs it arrive in one step; a default value rewrites the "
        "whole table; the backfill is one transaction",
        "expand first, move the data, and contract a release later; set a lock timeout and try "
        "again; backfill in batches with a pause after each",
        "time spent waiting for locks; number of rows left to move; replication delay",
        "rehearse on a copy of production; set the lock timeout; keep the old column for a release",
    ),
    _problem(
        "limiting request rates", "rate limits", "server ops", "rate-limiting",
        "token bucket; burst size; client key; shared counter; retry header; allow list",
        "one client takes the capacity of all; errors come in waves of exactly one minute; the "
        "limit counts an office building as one person",
        "each process keeps a counter of its own; the window starts anew at the full minute; the "
        "key is an address that a proxy gave",
        "count by account and not by address; say in the answer when to come back; let bursts pass "
        "and stop what stays",
        "share of refused requests per client; longest burst; latency of the counter",
        "send a burst from one client; check the retry header; list the clients above the limit",
    ),
    _problem(
        "receiving webhooks twice", "idempotent webhooks", "server", "webhooks",
        "delivery id; signature; replay window; outbox; unique constraint; raw body",
        "an order is paid once and shipped twice; the sender retries although we answered; events "
        "arrive in another order than they happened",
        "the handler does its work before it notes that it saw the event; the answer takes longer "
        "than the sender waits; the signature is checked after the body was parsed",
        "store the delivery id under a unique constraint first; answer at once and work later; "
        "check the signature on the raw bytes",
        "number of repeated deliveries; time to answer; age of the oldest unhandled event",
        "deliver one event three times; deliver two events in the wrong order; rotate the secret",
    ),
    _problem(
        "accepting large uploads", "large uploads", "web server mobile", "uploads",
        "chunk; upload session; checksum; signed address; temporary store; resume offset",
        "uploads fail at ninety percent on a train; memory of the server grows with the file; two "
        "parts are stored and nobody knows which is the last",
        "the whole body is held in memory before a byte is written; a proxy has a smaller limit "
        "than the server; an interrupted upload begins again at zero",
        "send the file to the object store directly; cut it into chunks and resume by offset; "
        "compare a checksum before calling it done",
        "share of uploads that finish; bytes sent twice; age of unfinished sessions",
        "interrupt an upload and resume it; upload a file of zero bytes; expire old sessions",
    ),
    _problem(
        "finding memory leaks", "memory leaks", "web server mobile", "memory",
        "heap snapshot; retained size; weak reference; event listener; arena; allocation profile",
        "memory grows by the hour and restarts hide it; the process is killed at night when nobody "
        "looks; latency climbs until the next deploy",
        "a listener is added on every call and removed on none; a cache without a bound is a leak "
        "with a name; a closure keeps the request that made it",
        "compare two heap snapshots an hour apart; bound every cache by size; remove a listener "
        "where it was added",
        "resident memory after a day; number of live listeners; time spent in the collector",
        "run the soak test for an hour; take a snapshot before and after; bound the largest cache",
    ),
    _problem(
        "sizing connection pools", "connection pools", "server data", "connections",
        "pool size; checkout timeout; idle connection; transaction scope; proxy; wait queue",
        "requests queue while the database sleeps; a new replica brings the old ones down; the "
        "error says timeout and means that the pool is empty",
        "a transaction stays open during a call to another service; every process brings a pool of "
        "its own; idle connections are kept for peaks that never come",
        "keep the pool smaller than seems right; never call out inside a transaction; put a proxy "
        "between many processes and one database",
        "wait time for a connection; number of idle connections; length of transactions",
        "multiply pool size by processes; set a checkout timeout; kill a connection in use",
    ),
    _problem(
        "writing structured logs", "structured logs", "server ops", "logging",
        "log field; correlation id; level; sampling rule; log schema; redaction",
        "a search for one request takes six searches; the same fact has four names; a stack trace "
        "is spread over forty records",
        "messages are made for eyes and read by machines; every team names its fields alone; the "
        "level says how the author felt",
        "log one event per request with all its fields; agree on twenty names and test them; "
        "redact where the value enters and not where it leaves",
        "log volume per request; number of field names; share of events with a correlation id",
        "search for one correlation id; check that no secret is logged; remove a debug line",
    ),
    _problem(
        "tracing requests across services", "distributed traces", "server ops", "tracing",
        "span; trace header; sampling decision; baggage; exporter; service map",
        "everybody is fast and the page is slow; a trace ends at the queue; the slowest request is "
        "always the one that was not sampled",
        "the header is lost at a boundary that nobody owns; sampling is decided before anything is "
        "known; a span is opened and never closed",
        "carry the header through the queue; decide about sampling when the request is over; name "
        "spans after routes and not after addresses",
        "share of complete traces; number of spans per request; cost per million spans",
        "follow one request through every service; check the names of the spans; cap the volume",
    ),
    _problem(
        "rotating secrets", "secret rotation", "server ops", "security",
        "key version; grace period; vault path; lease; signing key; service account",
        "a password is older than the team; rotation is a weekend with a call; a build log shows a "
        "token that still works",
        "only one secret can be valid at a time; nobody knows who uses the old one; a secret was "
        "copied into three files to make one deploy work",
        "accept two versions for a while and issue only the new one; count the uses of the old "
        "version; read secrets at run time and not at build time",
        "age of the oldest secret; uses of the previous version; time to rotate",
        "rotate in staging on a Tuesday; revoke the old version; search the history for copies",
    ),
    _problem(
        "shrinking container images", "container images", "server ops", "containers",
        "base image; build stage; layer cache; lock file; package index; image digest",
        "a deploy spends more time pulling than starting; the scanner lists tools that nobody "
        "runs; one changed line builds everything again",
        "the compiler is shipped with the program; the source is copied before the dependencies "
        "are installed; a cleaned folder still lives in an earlier layer",
        "build in one stage and run in another; copy the lock file before the source; pin the base "
        "image by digest",
        "size of the image; time to pull on a cold node; number of findings of the scanner",
        "list the largest layers; run as an ordinary user; build twice and compare the digests",
    ),
    _problem(
        "upgrading dependencies", "dependency upgrades", "web server mobile data", "dependencies",
        "lock file; changelog; transitive package; deprecation; canary; compatibility matrix",
        "an update of one package brings eighty; a security fix needs a major version that nobody "
        "planned; the lock file has a conflict every week",
        "updates wait until they hurt; a helper package is imported in two hundred places; tests "
        "cover our code and not the seams to others",
        "upgrade one thing at a time and often; wrap what may be replaced; read the changelog "
        "before the diff",
        "age of the oldest direct dependency; number of open advisories; time from release to "
        "upgrade",
        "read the changelog; upgrade on a branch of its own; remove one package that is not used",
    ),
    _problem(
        "retiring feature flags", "feature flags", "web server mobile", "feature-flags",
        "flag key; rollout percentage; default value; kill switch; targeting rule; expiry date",
        "a flag of last year decides a price; two flags together make a page that nobody tested; "
        "the flag service is down and so is everything else",
        "a flag is cheap to add and belongs to nobody afterwards; the default was chosen for the "
        "demo; evaluation happens deep inside a loop",
        "give every flag an owner and an end; evaluate once per request and hand the result on; "
        "choose the default for the day on which the service is down",
        "number of flags older than a quarter; share of requests with the default; time to switch "
        "off",
        "switch the flag off in staging; remove the dead branch; write down owner and end",
    ),
    _problem(
        "tuning full-text search", "full-text search", "web server data", "search",
        "analyzer; stemmer; synonym list; relevance judgement; inverted index; stop word",
        "the exact title comes third; a plural finds nothing; a query of two words finds less than "
        "either of them",
        "title and footnote count the same; documents and queries are cut into words by different "
        "rules; nobody wrote down what a good result is",
        "judge fifty queries by hand before any change; weigh the title; use one analyzer on both "
        "sides",
        "share of searches without a click; nDCG of the judged queries; size of the index",
        "judge fifty queries; compare both rankings side by side; test accents and plurals",
    ),
    _problem(
        "paging through long lists", "pagination", "web server data mobile", "pagination",
        "cursor; page size; stable order; total count; offset; tie breaker",
        "page nine hundred takes ten seconds; an item shows up on two pages; the count costs more "
        "than the list",
        "an offset reads everything that it skips; the order has ties and nothing breaks them; a "
        "new row moves all the others while somebody reads",
        "continue after the last key instead of counting from the first; break ties by id; say "
        "that there is more and leave the total out",
        "latency of the deepest page; number of repeated items; cost of the count",
        "page to the end of the largest list; insert a row between two pages; cap the page size",
    ),
    _problem(
        "handling sessions", "sessions", "web server", "sessions",
        "session cookie; idle timeout; refresh token; revocation list; same-site rule; login form",
        "people are logged out in the middle of a form; a session survives a new password; two "
        "tabs disagree about who is here",
        "the token cannot be taken back before it expires; the cookie is valid for more hosts than "
        "it should; both tabs refresh and one of them loses",
        "keep sessions on the server and only a key in the cookie; end all sessions on a new "
        "password; let one tab refresh for all",
        "share of forms lost to a login; number of live sessions per account; age of sessions",
        "change the password and try an old session; check the flags of the cookie; expire one "
        "session by hand",
    ),
    _problem(
        "granting permissions by role", "role permissions", "web server", "authorization",
        "role; policy; resource owner; deny rule; audit trail; scope",
        "support staff share the account of an administrator; a hidden button is the only "
        "protection; a question about one person takes a day to answer",
        "roles were named after departments; the check stands in the template and not at the data; "
        "every exception became a role",
        "check at the query and not at the button; name permissions after actions; write every "
        "refusal down with its reason",
        "number of roles per person; refusals per day; time to answer who may do what",
        "call every route without a role; list the members of the widest role; test one refusal",
    ),
    _problem(
        "making forms accessible", "accessible forms", "web mobile", "accessibility",
        "label; error summary; focus order; field hint; live region; required mark",
        "a screen reader says edit, blank; an error appears where nobody looks; the keyboard is "
        "trapped in a calendar",
        "a placeholder stands in for a label; the error is told by colour alone; focus goes to the "
        "top of the page after every answer",
        "give each field a label that stays; put the errors in a summary that gets the focus; use "
        "the elements that the browser has",
        "findings of the automatic check; share of forms sent at the first attempt; time to finish",
        "fill the form with the keyboard alone; listen to it once; enlarge the text to 200%",
    ),
    _problem(
        "delivering images", "image delivery", "web mobile", "images",
        "source set; image format; placeholder; lazy loading; art direction; pixel density",
        "the page jumps when a picture arrives; a phone loads a poster; the largest paint waits "
        "for a script",
        "one file serves every screen; width and height are missing; the first picture is loaded "
        "lazily like the last",
        "write width and height; offer three widths and let the browser choose; load the first "
        "picture at once and the others late",
        "largest contentful paint; bytes per visit; layout shift",
        "test on a slow phone; check the text alternative; compare the bytes before and after",
    ),
    _problem(
        "cutting bundle size", "bundle size", "web", "performance",
        "entry chunk; tree shaking; dynamic import; source map; polyfill; budget",
        "a button weighs half a megabyte; every release adds ten kilobytes and nobody objects; the "
        "second page loads the first one again",
        "one import pulls in a whole library; three versions of a date package live side by side; "
        "code for an old browser goes to everybody",
        "set a budget that fails the build; split at routes; replace the library by the four lines "
        "that are used",
        "size of the entry chunk; time to interactive; number of duplicate packages",
        "open the bundle report; set the budget; test the first visit without a cache",
    ),
    _problem(
        "tracking down hydration mismatches", "hydration mismatches", "web", "rendering",
        "server markup; client render; mount effect; locale format; random id; suspense boundary",
        "the page flickers once after loading; a click is lost in the first second; the console "
        "warns in production and not on the laptop",
        "server and browser format the same date differently; a random id is drawn on both sides; "
        "an extension changed the markup first",
        "render what depends on the browser after mounting; pass the locale with the page; make "
        "ids from the data",
        "number of mismatches per thousand visits; time to first input; size of the markup",
        "load the page in another time zone; load it with an extension; compare both renders",
    ),
    _problem(
        "syncing offline changes", "offline sync", "web mobile", "offline",
        "change log; conflict rule; vector clock; local store; tombstone; sync cursor",
        "a note from the train replaces the one from the office; deleted items return; the first "
        "sync after a holiday never ends",
        "the last clock wins although clocks differ; a deletion leaves nothing behind; the whole "
        "state is sent because nobody noted the changes",
        "record changes and not states; keep tombstones for a quarter; show the conflict when no "
        "rule is right",
        "number of conflicts per device; time to sync; size of the local store",
        "edit one item on two devices offline; delete on one and edit on the other; sync after a "
        "month",
    ),
    _problem(
        "sending push notifications", "push notifications", "mobile server", "notifications",
        "device token; topic; quiet hours; delivery receipt; collapse key; opt-out",
        "a message arrives at three in the morning; one person gets it on four devices; the "
        "counter says seven and the list is empty",
        "tokens are added and never removed; time zones are those of the server; a retry sends "
        "what was delivered",
        "remove a token when the provider says so; send by the clock of the reader; use a collapse "
        "key for what replaces itself",
        "share of tokens that are dead; opt-outs per campaign; delay until delivery",
        "send to a dead token; respect quiet hours; check the opt-out",
    ),
    _problem(
        "reporting across time zones", "time zones", "web server data mobile", "time",
        "offset; calendar day; daylight saving; timestamp column; reporting zone; leap day",
        "the monthly total differs by an hour of orders; a birthday moves by a day; one hour in "
        "March does not exist",
        "a local time is stored without its zone; the day is cut where the server stands; somebody "
        "adds twenty-four hours to get tomorrow",
        "store moments in UTC and days as days; cut the day in the zone of the report; let a "
        "library add days",
        "difference between both reports; number of rows without a zone; orders in the changed "
        "hour",
        "run the report on both changes of the clock; test the last day of February; write the "
        "zone beside the figure",
    ),
    _problem(
        "importing CSV files", "CSV imports", "server data web", "imports",
        "delimiter; header row; encoding; error report; staging table; natural key",
        "umlauts turn into question marks; row four hundred stops everything; the second import "
        "doubles the customers",
        "the file was saved by a spreadsheet with opinions; the import is all or nothing; nothing "
        "tells a new row from a known one",
        "load into a staging table first; report every bad row with its number; find known rows by "
        "a key that people know",
        "share of rows that were refused; time per thousand rows; number of doubles",
        "import the same file twice; import a file with a broken row; try three encodings",
    ),
    _problem(
        "rendering PDF documents", "PDF rendering", "server web", "documents",
        "page break; embedded font; headless browser; print stylesheet; document queue; margin box",
        "a table is cut through its last row; the total stands alone on page two; one document "
        "takes the memory of ten",
        "the screen layout is sent to the printer; fonts are loaded from an address that the "
        "renderer cannot reach; every request starts a browser",
        "write a stylesheet for paper; embed the fonts; keep a few renderers and a queue before "
        "them",
        "seconds per page; memory per renderer; share of documents that were rendered again",
        "print the longest document; compare the pages as pictures; render without a network",
    ),
    _problem(
        "stopping retry storms", "retry storms", "server ops data", "resilience",
        "backoff; jitter; circuit breaker; retry budget; deadline; idempotency key",
        "a short outage becomes a long one; traffic doubles exactly when capacity halves; recovery "
        "begins when somebody blocks the clients",
        "every layer retries three times and three layers make twenty-seven; all clients wait the "
        "same second; a timeout is longer above than below",
        "retry in one layer only; add jitter to every wait; stop when one in ten calls is a retry",
        "ratio of attempts to calls; time to recover; number of open breakers",
        "take the dependency away for a minute; count the attempts; check the deadlines from top "
        "to bottom",
    ),
    _problem(
        "keeping messages in order", "message order", "data server", "messaging",
        "partition key; sequence number; consumer group; offset; reorder buffer; watermark",
        "a cancellation arrives before its order; one slow customer delays a thousand; the replay "
        "gives another result than the first run",
        "the key was chosen for balance and not for order; two producers write about one thing; "
        "retries put an old message behind a new one",
        "choose the key by what must stay in order; carry a sequence number and drop what is old; "
        "retry in place or not at all",
        "number of messages out of order; skew between partitions; delay of the slowest key",
        "replay an hour into an empty store; count the gaps; move one key by hand",
    ),
    _problem(
        "emptying dead letter queues", "dead letters", "data server", "queues",
        "poison message; failure reason; redrive; parking queue; attempt counter; retention",
        "eleven thousand messages wait and nobody knows why; a redrive fails with the same error; "
        "the oldest entry is deleted the day before it matters",
        "the reason of the failure was not kept; the queue has no reader and no owner; every error "
        "counts as final, even a timeout",
        "store the reason beside the message; look at the queue every morning; tell temporary "
        "errors from final ones",
        "number of dead letters per reason; age of the oldest; share that a redrive cured",
        "redrive one message; group the rest by reason; set the retention above a holiday",
    ),
    _problem(
        "rehearsing restores", "restore drills", "data ops", "backups",
        "snapshot; write-ahead log; recovery point; retention rule; restore host; checksum",
        "the backup is green and nobody has ever read it; the restore needs a password that was in "
        "the database; it works and takes two days",
        "success means that a file was written; the drill was done once by the person who left; "
        "the configuration is not part of the backup",
        "restore every week by a machine; measure the time and compare it with the promise; keep "
        "one copy where no administrator can delete it",
        "time to restore; age of the newest usable copy; number of rows that differ",
        "restore into an empty network; count the rows; read the runbook aloud",
    ),
    _problem(
        "switching blue and green", "blue-green deploys", "ops server", "deployments",
        "traffic split; health check; warm-up; session drain; rollback plan; smoke test",
        "the new side is healthy until it gets traffic; half of the users see an old script; the "
        "way back was never tried",
        "the health check asks whether the process lives; caches are cold and pools are empty; "
        "both sides share a queue and only one understands it",
        "warm the new side with copies of real requests; switch one percent and wait; keep "
        "messages readable for both sides",
        "error rate by side; time to warm; minutes until rollback",
        "switch back once on purpose; compare the errors of both sides; drain before stopping",
    ),
    _problem(
        "scaling on demand", "autoscaling", "ops server", "scaling",
        "target value; cooldown; warm pool; scaling metric; node group; disruption budget",
        "capacity arrives after the peak; replicas come and go every three minutes; the bill grows "
        "and the latency does too",
        "processor time is low because everybody waits; the metric reacts to its own cure; one "
        "slow start makes every wave late",
        "scale by the length of the queue; scale up fast and down slowly; start from an image that "
        "is ready",
        "delay between load and capacity; number of scaling events; cost per thousand requests",
        "replay the peak of last Monday; set a lower bound; kill a node during the peak",
    ),
    _problem(
        "renewing certificates", "certificate renewal", "ops", "tls",
        "certificate chain; challenge; expiry date; key file; trust store; staple",
        "an internal service fails on a Sunday; the browser is content and the client library is "
        "not; renewal worked and nothing was reloaded",
        "renewal is automatic and reloading is not; the chain lacks its middle; a certificate was "
        "pinned in an app that nobody updates",
        "renew at two thirds of the lifetime; reload after every renewal; watch the date from "
        "outside",
        "days until expiry; age of the loaded certificate; failed handshakes",
        "list every certificate with its end; renew one by hand; check the chain with a strict "
        "client",
    ),
    _problem(
        "paying for log retention", "log retention", "ops data", "costs",
        "hot tier; archive; index rule; sampling; ingest quota; access log",
        "logs cost more than the service; a search over a month never returns; the one line that "
        "matters was sampled away",
        "debug lines of a finished project are still indexed; everything is kept for as long as "
        "the strictest rule asks; nobody sees the price of a line",
        "keep errors long and the rest short; archive before deleting; show each team its volume",
        "price per million lines; share of lines ever read; volume per team",
        "list the ten loudest sources; read one line back from the archive; check the legal term",
    ),
    _problem(
        "calming noisy alerts", "alert fatigue", "ops", "alerting",
        "paging rule; burn rate; silence; runbook link; escalation; symptom alert",
        "the phone rings forty times and one of them matters; alerts are closed faster than they "
        "can be read; the real outage came by mail",
        "alerts ask about causes and not about pain; thresholds were copied from a blog; nobody "
        "may delete what somebody once added",
        "page on what users feel; link a runbook or do not page; review every page of the week on "
        "Friday",
        "pages per shift; share of pages that led to an action; time to acknowledge",
        "delete one alert; test one page to the end; write the first step into the runbook",
    ),
    _problem(
        "isolating tenants", "tenant isolation", "server data", "multi-tenancy",
        "tenant key; row policy; noisy neighbour; shard map; quota; export",
        "a report shows a name from another company; one import slows everybody; a restore for one "
        "customer means a restore for all",
        "the filter is added by hand in every query; the cache key lacks the tenant; limits are "
        "those of the machine and not those of the customer",
        "let the database enforce the filter; put the tenant into every key; set a quota before "
        "the first complaint",
        "share of load by the largest tenant; queries without a tenant; time to move a tenant",
        "read as one tenant and write as another; list the queries without a filter; move one "
        "tenant",
    ),
    _problem(
        "erasing personal data", "data erasure", "server data", "privacy",
        "retention period; pseudonym; data map; deletion job; legal hold; consent record",
        "a deleted customer returns with the nightly copy; the export has a column that nobody "
        "knew; the request took six weeks",
        "copies were made for tests and kept; a free text field holds what the form did not ask; "
        "no list says where a name is stored",
        "keep a map of where personal data lives; replace a name by a pseudonym early; run the "
        "deletion from one place",
        "days until erased; number of systems without an answer; rows found in the control run",
        "erase a made-up person and search for her; check the backups; note the legal holds",
    ),
    _problem(
        "versioning an API", "API versions", "server mobile", "api-design",
        "media type; sunset header; compatibility test; contract; default version; client build",
        "a new field breaks an old app; version one has more users than version four; the change "
        "was compatible except for one customer",
        "clients read by position and not by name; the contract lives in a wiki; nobody counts who "
        "calls what",
        "add and never rename; count calls per version and client; announce the end in a header "
        "and in a mail",
        "calls per version; number of clients on the oldest version; failures after a release",
        "run the old client against the new server; announce the date; switch off for an hour",
    ),
    _problem(
        "removing n+1 queries", "n+1 queries", "server", "orm",
        "eager loading; batch loader; query counter; join; prefetch; serializer",
        "a page with fifty rows runs fifty-one queries; the laptop is fast and production is not; "
        "an innocent template line costs a second",
        "the loop looks like memory and is a network; a serializer asks for one field more; the "
        "test data has one row",
        "load what the page shows in two queries; count queries in a test; forbid lazy loading in "
        "templates",
        "queries per request; rows per query; time spent in the driver",
        "set a limit of queries in the test; seed fifty rows; read the log of one request",
    ),
    _problem(
        "translating an interface", "localisation", "web mobile", "localisation",
        "message key; plural rule; fallback language; text direction; date pattern; glossary",
        "German does not fit the button; a sentence is glued from three parts; half of the page "
        "falls back to English",
        "texts were cut at the words and not at the meaning; plurals were solved for two forms; a "
        "designer measured with short words",
        "translate whole sentences; let a library choose the plural; test with a language that is "
        "forty percent longer",
        "share of missing messages; overflowing labels; days until a text is translated",
        "switch to the longest language; mirror the layout; search for texts in the code",
    ),
    _problem(
        "shortening cold starts", "cold starts", "ops server mobile", "startup",
        "init phase; snapshot; provisioned instance; import graph; class loading; first request",
        "the first visitor of the morning waits six seconds; a burst makes every instance start at "
        "once; the timeout is shorter than the start",
        "everything is imported and a tenth is used; connections are opened before anybody asks; "
        "the package holds its tests",
        "import where it is needed; open the connection at the first use; keep one instance warm "
        "in working hours",
        "p99 of the first request; size of the package; number of cold starts per hour",
        "measure a start from nothing; list the slowest imports; remove tests from the package",
    ),
    _problem(
        "watching full disks", "disk pressure", "ops data", "storage",
        "inode; temporary file; retention job; volume; write-ahead log; growth forecast",
        "the database stops writing on a quiet night; a deleted file still takes its space; the "
        "alert came at one hundred percent",
        "a process holds what was deleted; the cleaning job failed in spring; logs are rotated by "
        "size and never by age",
        "alert on the day when it will be full; rotate by size and age; keep a file that may be "
        "deleted in need",
        "days until full; size of the largest folder; age of the oldest temporary file",
        "find the largest folder; restart what holds deleted files; grow one volume online",
    ),
    _problem(
        "removing index bloat", "index bloat", "data", "maintenance",
        "dead tuple; fill factor; vacuum; concurrent rebuild; free space map; long transaction",
        "an index is larger than its table; the same query reads more pages every month; the "
        "nightly job takes until noon",
        "an open transaction keeps every old row alive; updates touch an indexed column without "
        "changing it; cleaning is throttled for a disk of the last decade",
        "rebuild without a lock; end transactions that sleep; drop the index that nobody reads",
        "ratio of index to table; pages read per query; age of the oldest transaction",
        "list the unused indexes; rebuild the largest; check the space before the rebuild",
    ),
    _problem(
        "catching up consumer lag", "consumer lag", "data", "streaming",
        "partition; poll interval; batch size; rebalance; committed offset; lag in seconds",
        "the dashboard is green and the data is an hour old; adding consumers changes nothing; "
        "every deploy costs ten minutes of delay",
        "lag is counted in records and felt in seconds; one partition holds half of the traffic; a "
        "slow call sits inside the poll loop",
        "measure lag in time; keep processing inside the poll interval; split the hot key",
        "lag in seconds; time to catch up; records per second and partition",
        "stop one consumer and watch; measure the hot partition; commit after the work",
    ),
    _problem(
        "ending configuration drift", "configuration drift", "ops", "configuration",
        "desired state; plan output; manual change; drift report; module version; state file",
        "two equal machines behave differently; the plan wants to delete what somebody needs; a "
        "fix by hand is gone in the morning",
        "the console is faster than the pipeline at night; a default changed between two versions; "
        "state is kept on a laptop",
        "plan every night and report the difference; import what was made by hand; take away the "
        "right to change by hand",
        "number of drifted resources; age of the oldest difference; changes made by hand",
        "run the plan without changes; import one resource; compare two machines",
    ),
)  # fmt: skip
