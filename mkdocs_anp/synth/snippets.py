"""Code for every stack, with gaps for names: `<<object>>`, `<<verb>>`, `<<helper>>` and others."""

from __future__ import annotations

_TYPESCRIPT = (
    """\
export const revalidate = <<seconds>>;

export async function <<verb>><<Object>>(id: string): Promise<<<Object>> | null> {
  const signal = AbortSignal.timeout(<<millis>>);
  const answer = await fetch(`${BASE}/<<object>>s/${id}`, { signal });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new <<Name>>Error(answer.status, id);
  return parse<<Object>>(await answer.json());
}
""",
    """\
type <<Object>>State = { items: <<Object>>[]; <<helper>>: boolean; failedAt?: number };

export function <<helper>>(state: <<Object>>State, now = Date.now()): <<Object>>State {
  const waited = now - (state.failedAt ?? 0);
  if (waited < <<millis>>) return state;
  return { ...state, <<helper>>: true, items: state.items.slice(-<<small>>0) };
}
""",
    """\
import { <<verb>><<Object>> } from "./<<name>>";

const pending = new Map<string, Promise<<<Object>>>>();

export function once<<Object>>(key: string): Promise<<<Object>>> {
  const known = pending.get(key);
  if (known) return known;
  const work = <<verb>><<Object>>(key).finally(() => pending.delete(key));
  pending.set(key, work);
  return work;
}
""",
    """\
test("<<verb>>s one <<object>> and no more", async () => {
  const <<helper>> = vi.fn().mockResolvedValue({ id: "<<name>>-<<count>>", retries: <<small>> });
  const result = await run<<Name>>({ load: <<helper>>, limit: <<small>> });
  expect(<<helper>>).toHaveBeenCalledTimes(1);
  expect(result.retries).toBeLessThan(<<small>>);
});
""",
)

_PYTHON = (
    """\
def <<verb>>_<<object>>s(since: datetime, limit: int = <<count>>) -> Iterator[<<Object>>]:
    cursor = None
    while batch := <<helper>>(since, after=cursor, limit=limit):
        yield from batch
        cursor = batch[-1].id
        time.sleep(0.<<small>>)
""",
    """\
@dataclass(frozen=True)
class <<Object>>Window:
    opened: datetime
    seconds: int = <<seconds>>

    def <<helper>>(self, now: datetime) -> bool:
        return now - self.opened < timedelta(seconds=self.seconds)


WINDOWS: dict[str, <<Object>>Window] = {}
""",
    """\
async def <<verb>>_<<object>>(key: str, *, attempts: int = <<small>>) -> <<Object>> | None:
    for attempt in range(attempts):
        try:
            async with asyncio.timeout(<<small>>):
                return await <<name>>.<<helper>>(key)
        except TimeoutError:
            log.warning("<<name>> timed out", extra={"key": key, "attempt": attempt})
            await asyncio.sleep(2**attempt + random.random())
    return None
""",
    """\
def test_<<helper>>_is_repeatable(<<object>>: <<Object>>) -> None:
    first = <<helper>>(<<object>>)
    second = <<helper>>(<<object>>)
    assert first == second
    assert <<object>>.version == <<small>>
""",
)

_RUBY = (
    """\
class <<Verb>><<Object>>Job < ApplicationJob
  queue_as :<<name>>
  retry_on Net::ReadTimeout, wait: :polynomially_longer, attempts: <<small>>

  def perform(<<object>>_id)
    <<object>> = <<Object>>.lock.find(<<object>>_id)
    return if <<object>>.<<helper>>?

    <<object>>.update!(<<helper>>_at: Time.current)
  end
end
""",
    """\
<<Object>>.where(<<helper>>: nil).in_batches(of: <<count>>) do |batch|
  batch.update_all(<<helper>>: false)
  sleep 0.<<small>>
end
""",
    """\
RSpec.describe <<Name>>::<<Verb>> do
  it "keeps the <<object>> when the answer is late" do
    stub_request(:get, %r{/<<object>>s/\\d+}).to_timeout
    expect { described_class.call(<<small>>) }.not_to change(<<Object>>, :count)
  end
end
""",
)

_PHP = (
    """\
final class <<Verb>><<Object>>
{
    public function __construct(private <<Name>>Client $client, private int $limit = <<count>>) {}

    public function <<helper>>(string $key): ?<<Object>>
    {
        $cached = $this->client->get("<<object>>:$key");
        return $cached instanceof <<Object>> ? $cached : null;
    }
}
""",
    """\
$rows = $connection->fetchAllAssociative(
    'SELECT id, <<helper>> FROM <<object>>s WHERE id > ? ORDER BY id LIMIT <<count>>',
    [$after],
);
foreach ($rows as $row) {
    <<helper>>((int) $row['id']);
}
""",
    """\
add_action('<<name>>_<<verb>>', function (int $id): void {
    if (get_transient("<<helper>>_$id")) {
        return;
    }
    set_transient("<<helper>>_$id", 1, <<seconds>>);
    <<verb>>_<<object>>($id);
});
""",
)

_JAVA = (
    """\
public Optional<<<Object>>> <<verb>>(String key) {
    var started = System.nanoTime();
    try (var lease = <<name>>.acquire(Duration.ofMillis(<<millis>>))) {
        return repository.<<helper>>(key);
    } finally {
        metrics.timer("<<name>>.<<verb>>").record(System.nanoTime() - started, NANOSECONDS);
    }
}
""",
    """\
record <<Object>>Batch(List<<<Object>>> items, long <<helper>>) {
    <<Object>>Batch {
        items = List.copyOf(items);
        if (items.size() > <<count>>) {
            throw new IllegalArgumentException("too many <<object>>s: " + items.size());
        }
    }
}
""",
    """\
@Test
void <<helper>>Twice() {
    var <<object>> = new <<Object>>("<<name>>-<<count>>", <<small>>);
    service.<<verb>>(<<object>>);
    service.<<verb>>(<<object>>);
    assertThat(store.count()).isEqualTo(1);
}
""",
)

_JAVASCRIPT = (
    """\
export async function <<verb>><<Object>>(request, reply) {
  const deadline = Date.now() + <<millis>>;
  const found = await <<helper>>(request.params.id, { deadline });
  if (!found) return reply.status(404).json({ error: "<<object>> not found" });
  reply.set("Cache-Control", "max-age=<<seconds>>").json(found);
}
""",
    """\
const cursor = db.<<object>>s
  .find({ <<helper>>: { $exists: false } })
  .sort({ _id: 1 })
  .limit(<<count>>);

for await (const <<object>> of cursor) {
  await <<verb>>(<<object>>._id, { by: "<<name>>" });
}
""",
    """\
const waiting = [];

export function <<helper>>(limit = <<small>>) {
  let running = 0;
  return async (work) => {
    if (running >= limit) await new Promise((go) => waiting.push(go));
    running += 1;
    try { return await work(); } finally { running -= 1; waiting.shift()?.(); }
  };
}
""",
)

_GO = (
    """\
func (s *<<Name>>) <<Verb>><<Object>>(ctx context.Context, id string) (*<<Object>>, error) {
	ctx, cancel := context.WithTimeout(ctx, <<millis>>*time.Millisecond)
	defer cancel()
	<<object>>, err := s.<<helper>>(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("<<verb>> <<object>> %s: %w", id, err)
	}
	return <<object>>, nil
}
""",
    """\
sem := make(chan struct{}, <<small>>)
for _, <<object>> := range batch {
	sem <- struct{}{}
	go func() {
		defer func() { <-sem }()
		<<helper>>(ctx, <<object>>.ID)
	}()
}
""",
    """\
slog.Info("<<verb>> <<object>>",
	slog.String("service", "<<name>>"),
	slog.Int("attempt", attempt),
	slog.Duration("waited", time.Since(started)),
)
""",
)

_RUST = (
    """\
pub async fn <<verb>>_<<object>>(pool: &PgPool, id: i64) -> Result<<<Object>>, <<Name>>Error> {
    let row = tokio::time::timeout(Duration::from_millis(<<millis>>), <<helper>>(pool, id))
        .await
        .map_err(|_| <<Name>>Error::Late { id })??;
    Ok(row.into())
}
""",
    """\
#[derive(Debug, Clone)]
struct <<Object>>Budget {
    <<helper>>: u32,
    left: u32,
}

impl <<Object>>Budget {
    fn spend(&mut self) -> bool {
        self.left = self.left.saturating_sub(1);
        self.left > 0 || self.<<helper>> < <<count>>
    }
}
""",
    """\
#[tokio::test]
async fn <<helper>>_stops_at_the_limit() {
    let state = <<Name>>::with_limit(<<small>>);
    for _ in 0..<<small>>0 {
        state.<<verb>>().await;
    }
    assert!(state.refused() > 0);
}
""",
)

_ELIXIR = (
    """\
defmodule <<Name>>.<<Verb>><<Object>> do
  use Oban.Worker, queue: :<<name>>, max_attempts: <<small>>

  @impl true
  def perform(%Oban.Job{args: %{"id" => id}}) do
    with {:ok, <<object>>} <- <<Name>>.fetch(id),
         :ok <- <<helper>>(<<object>>) do
      :ok
    end
  end
end
""",
    """\
<<object>>s
|> Stream.chunk_every(<<count>>)
|> Task.async_stream(&<<helper>>/1, max_concurrency: <<small>>, timeout: <<millis>>)
|> Enum.count(&match?({:ok, :done}, &1))
""",
)

_CSHARP = (
    """\
public async Task<<<Object>>?> <<Verb>>Async(Guid id, CancellationToken stop)
{
    using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
    limit.CancelAfter(TimeSpan.FromMilliseconds(<<millis>>));
    return await _<<name>>.<<Object>>s
        .AsNoTracking()
        .FirstOrDefaultAsync(x => x.Id == id && !x.IsArchived, limit.Token);
}
""",
    """\
builder.Services.AddHttpClient<<<Name>>Client>(client =>
{
    client.BaseAddress = new Uri(settings.<<helper>>);
    client.Timeout = TimeSpan.FromSeconds(<<small>>);
});
""",
)

_KOTLIN = (
    """\
suspend fun <<verb>><<Object>>(id: String): <<Object>>? =
    withTimeoutOrNull(<<millis>>) {
        <<name>>.<<helper>>(id)?.also { cache.put(id, it, ttl = <<seconds>>.seconds) }
    }
""",
    """\
@Entity(tableName = "<<object>>s")
data class <<Object>>Row(
    @PrimaryKey val id: Long,
    val <<helper>>: Boolean = false,
    val attempts: Int = <<small>>,
)
""",
    """\
class <<Verb>>Worker(context: Context, job: WorkerParameters) : CoroutineWorker(context, job) {
    override suspend fun doWork(): Result {
        if (runAttemptCount > <<small>>) return Result.failure()
        return if (<<helper>>()) Result.success() else Result.retry()
    }
}
""",
)

_SQL = (
    """\
SELECT <<object>>_id, count(*) AS attempts, max(<<helper>>) AS last_seen
FROM <<name>>_<<object>>s
WHERE created_at >= now() - interval '<<small>> days'
GROUP BY <<object>>_id
HAVING count(*) > <<small>>
ORDER BY attempts DESC
LIMIT <<count>>;
""",
    """\
CREATE INDEX idx_<<object>>s_<<helper>>
    ON <<object>>s (tenant_id, <<helper>>, created_at);

ANALYZE <<object>>s;
""",
    """\
WITH batch AS (
    SELECT id FROM <<object>>s
    WHERE <<helper>> IS NULL
    ORDER BY id
    LIMIT <<count>>
)
UPDATE <<object>>s AS t
SET <<helper>> = t.<<name>>_value
FROM batch
WHERE t.id = batch.id;
""",
)

_BASH = (
    """\
#!/usr/bin/env bash
set -euo pipefail

for <<object>> in "$@"; do
  if ! <<helper>> "$<<object>>" --limit <<count>>; then
    echo "<<name>>: <<object>> $<<object>> failed" >&2
    sleep <<small>>
  fi
done
""",
    """\
curl --fail --max-time <<small>> --retry <<small>> --retry-all-errors \\
  --header "X-Request-Id: <<name>>-$(date +%s)" \\
  "https://<<name>>.internal/<<object>>s?<<helper>>=<<count>>"
""",
)

_HCL = (
    """\
resource "aws_sqs_queue" "<<name>>_<<object>>s" {
  name                       = "<<name>>-<<object>>s"
  visibility_timeout_seconds = <<seconds>>
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.<<helper>>.arn
    maxReceiveCount     = <<small>>
  })
}
""",
    """\
variable "<<helper>>" {
  description = "How many <<object>>s one node of <<name>> may hold"
  type        = number
  default     = <<count>>

  validation {
    condition     = contains([<<count>>, <<count>>], var.<<helper>>)
    error_message = "A node holds one of these two numbers of <<object>>s."
  }
}
""",
)

_DOCKER = (
    """\
FROM python:3.12-slim AS build
WORKDIR /<<name>>
COPY requirements.lock .
RUN pip wheel --no-deps --wheel-dir /wheels -r requirements.lock

FROM python:3.12-slim
COPY --from=build /wheels /wheels
RUN pip install --no-index /wheels/* && rm -rf /wheels
COPY <<name>>/ /app/<<name>>/
USER <<count>>
CMD ["python", "-m", "<<name>>.<<helper>>"]
""",
    """\
FROM node:22-alpine AS build
WORKDIR /<<name>>
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run <<verb>>:<<object>>

FROM nginx:1.27-alpine
COPY --from=build /<<name>>/dist /usr/share/nginx/html/<<helper>>
""",
)

_NGINX = (
    """\
limit_req_zone $<<helper>> zone=<<name>>:<<small>>m rate=<<count>>r/m;

location /<<object>>s/ {
    limit_req zone=<<name>> burst=<<small>> nodelay;
    proxy_read_timeout <<small>>s;
    proxy_pass http://<<name>>;
}
""",
    """\
proxy_cache_path /var/cache/<<name>> keys_zone=<<object>>s:<<small>>m inactive=<<seconds>>s;

upstream <<name>> {
    server 10.0.0.<<small>>:8080 max_fails=<<small>>;
    keepalive <<count>>;
}
""",
)

_DART = (
    """\
Future<<<Object>>?> <<verb>><<Object>>(String id) async {
  final cached = await store.<<helper>>(id);
  if (cached != null) return cached;
  return client.fetch('<<object>>s/$id').timeout(const Duration(milliseconds: <<millis>>));
}
""",
    """\
class <<Object>>Tile extends StatelessWidget {
  const <<Object>>Tile({super.key, required this.<<helper>>});
  final String <<helper>>;

  @override
  Widget build(BuildContext context) =>
      ListTile(title: Text(<<helper>>), minVerticalPadding: <<small>>);
}
""",
)

_SWIFT = (
    """\
func <<verb>><<Object>>(id: <<Object>>.ID) async throws -> <<Object>>? {
    if let known = <<helper>>[id] { return known }
    let loaded = try await <<name>>.load(id, timeout: .milliseconds(<<millis>>))
    <<helper>>[id] = loaded
    return loaded
}
""",
    """\
struct <<Object>>Row: View {
    let <<object>>: <<Object>>
    @State private var <<helper>> = false

    var body: some View {
        Toggle(<<object>>.title, isOn: .constant(<<helper>>))
            .accessibilityHint("Keeps the <<object>> on this phone")
    }
}
""",
)

_KUBERNETES = (
    """\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: <<name>>-<<object>>s
spec:
  minReplicas: <<small>>
  maxReplicas: <<count>>
  metrics:
    - type: External
      external:
        metric: {name: <<helper>>}
        target: {type: AverageValue, averageValue: "<<count>>"}
""",
    """\
containers:
  - name: <<name>>
    image: registry.internal/<<name>>:<<count>>
    readinessProbe:
      httpGet: {path: /<<object>>s/ready, port: 8080}
      periodSeconds: <<small>>
    env:
      - {name: <<helper>>, value: "<<seconds>>"}
""",
)

_ACTIONS = (
    """\
name: <<verb>> <<object>>s
on:
  pull_request:
    paths: ["<<name>>/**"]
jobs:
  <<helper>>:
    runs-on: ubuntu-24.04
    timeout-minutes: <<small>>
    steps:
      - uses: actions/checkout@v4
      - run: make -C <<name>> <<verb>>
""",
    """\
concurrency:
  group: <<name>>-${{ github.ref }}
  cancel-in-progress: true
env:
  <<helper>>: "<<count>>"
""",
)

_ANSIBLE = (
    """\
- name: <<Verb>> the <<object>>s of <<name>>
  ansible.builtin.template:
    src: <<helper>>.j2
    dest: /etc/<<name>>/<<object>>s.conf
    mode: "0640"
  notify: reload <<name>>
""",
    """\
- hosts: <<name>>
  serial: <<small>>
  max_fail_percentage: <<small>>
  roles:
    - {role: <<helper>>, <<object>>_limit: <<count>>}
""",
)

_PROMETHEUS = (
    """\
groups:
  - name: <<name>>
    rules:
      - alert: <<Object>>sLate
        expr: max(<<name>>_<<object>>_age_seconds) > <<seconds>>
        for: <<small>>m
        labels: {severity: page, owner: <<helper>>}
""",
    """\
- record: <<name>>:<<object>>_errors:ratio_rate5m
  expr: |
    sum(rate(<<helper>>_errors_total[5m]))
    / sum(rate(<<helper>>_total[5m]))
""",
)

_AIRFLOW = (
    """\
@dag(schedule="@hourly", catchup=False, max_active_runs=1)
def <<verb>>_<<object>>s():
    @task(retries=<<small>>, retry_delay=timedelta(seconds=<<seconds>>))
    def <<helper>>(day: str) -> int:
        return <<name>>.load(day, limit=<<count>>)

    <<helper>>("{{ ds }}")
""",
)

_SPARK = (
    """\
<<object>>s = (
    spark.read.parquet("s3://<<name>>/<<object>>s")
    .where(F.col("<<helper>>") > <<count>>)
    .repartition(<<small>>0, "tenant")
)
<<object>>s.write.mode("overwrite").partitionBy("day").save("s3://<<name>>/<<verb>>")
""",
)

_REDIS = (
    """\
def <<verb>>_<<object>>(key: str) -> bytes:
    if (value := redis.get(f"<<object>>:{key}")) is not None:
        return value
    with redis.lock(f"<<helper>>:{key}", timeout=<<small>>):
        value = <<name>>.compute(key)
        redis.set(f"<<object>>:{key}", value, ex=<<seconds>> + random.randrange(<<small>>0))
    return value
""",
)

_SEARCH = (
    """\
query = {
    "bool": {
        "must": {"match": {"title": {"query": text, "boost": <<small>>}}},
        "filter": {"range": {"<<helper>>": {"gte": "now-<<small>>d"}}},
    }
}
hits = client.search(index="<<name>>-<<object>>s", query=query, size=<<small>>0)
""",
)

_LAMBDA = (
    """\
client = None  # made by the first call, kept by the instance


def handler(event, context):
    global client
    client = client or <<Name>>Client(timeout=<<small>>)
    for record in event["Records"]:
        <<helper>>(client, json.loads(record["body"])["<<object>>_id"])
    return {"<<object>>s": len(event["Records"])}
""",
)

SNIPPETS: dict[str, tuple[str, ...]] = {
    "typescript": _TYPESCRIPT,
    "python": _PYTHON,
    "ruby": _RUBY,
    "php": _PHP,
    "java": _JAVA,
    "javascript": _JAVASCRIPT,
    "go": _GO,
    "rust": _RUST,
    "elixir": _ELIXIR,
    "csharp": _CSHARP,
    "kotlin": _KOTLIN,
    "sql": _SQL,
    "bash": _BASH,
    "hcl": _HCL,
    "docker": _DOCKER,
    "nginx": _NGINX,
    "dart": _DART,
    "swift": _SWIFT,
    "kubernetes": _KUBERNETES,
    "github actions": _ACTIONS,
    "ansible": _ANSIBLE,
    "prometheus": _PROMETHEUS,
    "airflow": (*_AIRFLOW, *_PYTHON),
    "spark": (*_SPARK, *_PYTHON),
    "redis": (*_REDIS, *_PYTHON),
    "elasticsearch": (*_SEARCH, *_PYTHON),
    "aws lambda": (*_LAMBDA, *_PYTHON),
}
"""Templates by the name of a stack, or else by its language."""

CAMEL_CASE = frozenset({"typescript", "java", "javascript", "go", "csharp", "dart", "swift",
                        "kotlin", "php"})  # fmt: skip
"""The languages that write `twoWords`; the others write `two_words`."""
