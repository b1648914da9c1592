"""Where posts take place: stacks, the business around them, and the circumstances."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stack:
    """A technology that a post is about.

    Attributes:
        name: Its name in lower case, as post meta has it.
        label: Its name as it is written.
        kind: One of the kinds of `Problem.kinds`.
        area: The area of engineering.
        language: The language of its code: a fence and Pygments know it.
        tools: What people use with it.
    """

    name: str
    label: str
    kind: str
    area: str
    language: str
    tools: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Domain:
    """A line of business: what the software is for.

    Attributes:
        name: What it is called, fit to follow "for".
        objects: What it deals with, each a single noun with a regular plural.
    """

    name: str
    objects: tuple[str, ...]


def _split(texts: str) -> tuple[str, ...]:
    return tuple(text.strip() for text in texts.split(";"))


def _stack(label: str, kind: str, area: str, language: str, tools: str) -> Stack:
    return Stack(label.lower(), label, kind, area, language, _split(tools))


def _domain(name: str, objects: str) -> Domain:
    return Domain(name, tuple(objects.split()))


STACKS: tuple[Stack, ...] = (
    _stack("Next.js", "web", "frontend", "typescript",
           "server components; edge cache; vercel; turbopack; playwright; eslint; bundle analyzer"),
    _stack("React", "web", "frontend", "typescript",
           "react devtools; vite; testing library; storybook; redux toolkit; eslint; msw"),
    _stack("Vue", "web", "frontend", "typescript",
           "pinia; vite; vue devtools; vitest; nuxt; volar; cypress"),
    _stack("SvelteKit", "web", "frontend", "typescript",
           "vite; svelte inspector; playwright; adapter node; vitest; prettier"),
    _stack("Angular", "web", "frontend", "typescript",
           "angular cli; rxjs; nx; karma; signals; esbuild; angular devtools"),
    _stack("Astro", "web", "frontend", "typescript",
           "content collections; islands; vite; netlify; sharp; lighthouse"),
    _stack("Django", "server", "backend", "python",
           "django debug toolbar; celery; gunicorn; pytest; psycopg; sentry; ruff"),
    _stack("FastAPI", "server", "backend", "python",
           "uvicorn; pydantic; sqlalchemy; httpx; alembic; pytest; locust"),
    _stack("Flask", "server", "backend", "python",
           "werkzeug; gunicorn; flask-migrate; marshmallow; pytest; gevent"),
    _stack("Rails", "server", "backend", "ruby",
           "sidekiq; puma; rspec; bullet; rack-mini-profiler; rubocop; solid queue"),
    _stack("Laravel", "server", "backend", "php",
           "horizon; artisan; telescope; pest; octane; forge; phpstan"),
    _stack("Symfony", "server", "backend", "php",
           "messenger; doctrine; profiler; phpunit; monolog; composer"),
    _stack("WordPress", "server", "backend", "php",
           "wp-cli; query monitor; object cache; action scheduler; phpcs; composer"),
    _stack("Spring Boot", "server", "backend", "java",
           "micrometer; hikaricp; flyway; gradle; testcontainers; jfr; actuator"),
    _stack("Quarkus", "server", "backend", "java",
           "dev services; panache; graalvm; smallrye; rest assured; maven"),
    _stack("Express", "server", "backend", "javascript",
           "pino; clinic.js; knex; supertest; nodemon; autocannon; bullmq"),
    _stack("NestJS", "server", "backend", "typescript",
           "typeorm; bullmq; jest; swagger; prisma; terminus; k6"),
    _stack("Go services", "server", "backend", "go",
           "pprof; slog; sqlc; delve; golangci-lint; buf; air"),
    _stack("Axum", "server", "backend", "rust",
           "tokio console; tower; sqlx; cargo nextest; criterion; clippy; flamegraph"),
    _stack("Phoenix", "server", "backend", "elixir",
           "oban; ecto; liveview; telemetry; observer; credo; mix"),
    _stack("ASP.NET Core", "server", "backend", "csharp",
           "entity framework; kestrel; serilog; xunit; hangfire; dotnet trace; polly"),
    _stack("Ktor", "server", "backend", "kotlin",
           "exposed; koin; kotest; gradle; micrometer; detekt"),
    _stack("PostgreSQL", "data", "databases", "sql",
           "psql; pg_stat_statements; pgbouncer; auto_explain; pg_repack; wal-g; pgbench"),
    _stack("MySQL", "data", "databases", "sql",
           "pt-online-schema-change; proxysql; performance schema; orchestrator; gh-ost"),
    _stack("ClickHouse", "data", "analytics", "sql",
           "clickhouse-client; materialized views; keeper; grafana; system.query_log; s3 disks"),
    _stack("Redis", "data", "databases", "python",
           "redis-cli; sentinel; redis insight; memtier; lua scripts; slowlog; aof"),
    _stack("MongoDB", "data", "databases", "javascript",
           "mongosh; compass; change streams; profiler; atlas; mongodump"),
    _stack("Kafka", "data", "streaming", "java",
           "kafka-consumer-groups; schema registry; kafka connect; burrow; cruise control; kcat"),
    _stack("Elasticsearch", "data", "search", "python",
           "kibana; index lifecycle; snapshot repository; profile api; curator; logstash"),
    _stack("Airflow", "data", "pipelines", "python",
           "celery executor; task groups; xcom; great expectations; statsd; dag bundles"),
    _stack("dbt", "data", "pipelines", "sql",
           "dbt docs; snapshots; sqlfluff; elementary; incremental models; seeds"),
    _stack("Spark", "data", "pipelines", "python",
           "spark ui; delta lake; parquet tools; adaptive execution; yarn; jupyter"),
    _stack("Kubernetes", "ops", "infrastructure", "yaml",
           "kubectl; helm; kustomize; argo cd; metrics server; k9s; kyverno"),
    _stack("Terraform", "ops", "infrastructure", "hcl",
           "tflint; terragrunt; atlantis; checkov; infracost; remote state"),
    _stack("Docker", "ops", "infrastructure", "docker",
           "buildkit; dive; trivy; compose; hadolint; registry mirror"),
    _stack("nginx", "ops", "infrastructure", "nginx",
           "stub status; certbot; goaccess; njs; wrk; modsecurity"),
    _stack("GitHub Actions", "ops", "delivery", "yaml",
           "actionlint; reusable workflows; act; dependency cache; oidc; larger runners"),
    _stack("Ansible", "ops", "infrastructure", "yaml",
           "molecule; ansible-lint; vault; galaxy; awx; check mode"),
    _stack("Prometheus", "ops", "observability", "yaml",
           "alertmanager; promtool; grafana; thanos; blackbox exporter; recording rules"),
    _stack("AWS Lambda", "ops", "serverless", "python",
           "sam; cloudwatch; power tuning; layers; x-ray; step functions"),
    _stack("Bash scripts", "ops", "automation", "bash",
           "shellcheck; bats; jq; shfmt; cron; systemd timers"),
    _stack("Flutter", "mobile", "mobile", "dart",
           "devtools; riverpod; fastlane; golden tests; drift; firebase"),
    _stack("Android", "mobile", "mobile", "kotlin",
           "android studio; workmanager; room; leakcanary; macrobenchmark; perfetto"),
    _stack("SwiftUI", "mobile", "mobile", "swift",
           "instruments; xctest; swift package manager; core data; metrickit; fastlane"),
    _stack("React Native", "mobile", "mobile", "typescript",
           "hermes; metro; flipper; expo; detox; reanimated"),
)  # fmt: skip

DOMAINS: tuple[Domain, ...] = (
    _domain("invoice exports", "invoice ledger payout voucher receipt"),
    _domain("parcel tracking", "parcel depot courier route manifest"),
    _domain("clinic appointments", "patient appointment referral prescription ward"),
    _domain("course enrolment", "student course lecture transcript module"),
    _domain("hotel bookings", "room guest tariff voucher reservation"),
    _domain("energy metering", "meter tariff reading feeder substation"),
    _domain("ticket sales", "ticket venue seat refund concert"),
    _domain("loan applications", "loan applicant guarantor instalment mortgage"),
    _domain("library lending", "borrower volume catalogue fine shelf"),
    _domain("warehouse picking", "pallet bin picker forklift shipment"),
    _domain("fleet maintenance", "vehicle garage inspection odometer trailer"),
    _domain("grain trading", "silo harvest contract broker cargo"),
    _domain("newspaper archives", "article edition column photograph headline"),
    _domain("weather stations", "sensor gauge forecast observation barometer"),
    _domain("job postings", "vacancy recruiter interview candidate referee"),
    _domain("real estate listings", "listing tenant landlord floorplan viewing"),
    _domain("restaurant orders", "menu recipe waiter table kitchen"),
    _domain("insurance claims", "claim policyholder adjuster premium estimate"),
    _domain("museum collections", "artefact exhibit donor curator label"),
    _domain("blood donations", "donor donation plasma campaign needle"),
    _domain("train timetables", "platform timetable carriage junction delay"),
    _domain("customs declarations", "declaration importer tariff container permit"),
    _domain("podcast hosting", "episode feed listener chapter sponsor"),
    _domain("crop irrigation", "field valve pump orchard schedule"),
    _domain("court records", "hearing docket plaintiff verdict clerk"),
    _domain("water treatment", "reservoir filter sample pipeline turbine"),
    _domain("charity appeals", "donor pledge volunteer appeal grant"),
    _domain("sports leagues", "fixture referee roster stadium transfer"),
    _domain("seed catalogues", "seed grower cultivar packet greenhouse"),
    _domain("flight crews", "pilot roster layover runway stopover"),
    _domain("translation memories", "wordlist segment translator locale phrase"),
    _domain("laboratory samples", "sample pipette freezer assay reagent"),
    _domain("tax returns", "taxpayer deduction allowance assessment refund"),
    _domain("music licensing", "track licence label composer playlist"),
    _domain("furniture configurators", "cabinet drawer hinge fabric cushion"),
    _domain("bike sharing", "bicycle dock rider trip basket"),
    _domain("veterinary records", "animal vaccine breeder kennel owner"),
    _domain("factory telemetry", "machine sensor shift conveyor spindle"),
    _domain("pension statements", "pension member contribution statement employer"),
    _domain("photo printing", "album print frame poster coupon"),
    _domain("school meals", "pupil meal allergen canteen caterer"),
    _domain("land registries", "deed surveyor notary plot easement"),
    _domain("auction bids", "auction bidder lot hammer reserve"),
    _domain("port logistics", "vessel berth crane container tugboat"),
    _domain("subscription boxes", "subscriber carton curator renewal gift"),
    _domain("emergency dispatch", "ambulance dispatcher incident crew siren"),
    _domain("research grants", "grant proposal reviewer budget milestone"),
    _domain("community forums", "thread moderator answer badge mention"),
)

SCENARIOS: tuple[str, ...] = _split(
    "behind a CDN; on a single small server; after a merger of two products; during a migration "
    "to the cloud; with a team of three; in a monorepo; under a strict audit; before a seasonal "
    "peak; on a shared database; with customers on three continents; in a regulated market; "
    "without a staging environment; after a long outage; with a frozen budget; on spot instances; "
    "in an air-gapped network; while two versions run side by side; with a legacy client; after "
    "the founder left; on old phones; over satellite links; in a multi-tenant setup; with nightly "
    "batch windows; behind a corporate proxy; in a read-only region; with ten releases a day; "
    "with one release a month; on ARM machines; in a hybrid data centre; under a new service "
    "level; with a growing on-call rota; after a failed rewrite; during a hiring freeze; with a "
    "vendor lock; on a public API; inside a desktop app; with untrusted uploads; under heavy "
    "reads; under heavy writes; with rare but huge bursts"
)

LANGUAGES: dict[str, str] = {
    "typescript": "TypeScript",
    "javascript": "JavaScript",
    "php": "PHP",
    "csharp": "C#",
    "sql": "SQL",
    "yaml": "YAML",
    "hcl": "HCL",
    "nginx": "nginx configuration",
    "docker": "a Dockerfile",
}
"""How a language is written where that differs from its name with a capital letter."""

COMMON_TOOLS: tuple[str, ...] = _split(
    "git; logs; grafana; make; pre-commit; renovate; openapi; mkdocs; tcpdump; a spreadsheet; "
    "post-it notes; feature toggles; hyperfine; jaeger; vault; a stopwatch"
)
"""What people use with any stack."""

TERM_NOUNS: tuple[str, ...] = _split(
    "adapter; bridge; gateway; broker; relay; mirror; router; ledger; collector; planner; agent; "
    "registry; daemon; proxy; shim; watcher"
)
"""What an invented name is the name of: the `velgate adapter`."""
