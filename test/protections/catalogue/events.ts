import type { Protection } from "../protection.ts";

const INTAKE = "test/ingress/intake.test.ts";
const PROCESS = "test/ingress/process-delivery.test.ts";
const STREAKS = "test/domain/compliance/read-streaks.test.ts";
const TRANSLATE = "test/ingress/translate.test.ts";

/** REL-12 to REL-19: events in any order, bursts, outages. */
export const EVENT_PROTECTIONS: readonly Protection[] = [
  {
    rows: ["REL-12"],
    off: "of two results the one that came to be known later is the newer one",
    file: "src/domain/compliance/track.ts",
    text: "return one.place - other.place || other.run.runId - one.run.runId || other.run.sequence - one.run.sequence;",
    instead: "return other.run.at.getTime() - one.run.at.getTime();",
    test: { file: STREAKS, name: "REL-12: a result that ends late on an older commit" },
  },
  {
    rows: ["REL-13"],
    off: "a late end of the first attempt overwrites the second",
    file: "src/domain/compliance/track.ts",
    text: " || other.run.sequence - one.run.sequence;",
    instead: " || one.run.sequence - other.run.sequence;",
    test: { file: STREAKS, name: "REL-13: a late end of the first attempt" },
  },
  {
    rows: ["REL-14"],
    off: "a check run's branch is believed to be the only one its commit is on",
    file: "src/ingress/named-branches.ts",
    text: 'return app?.slug === ACTIONS_APP && branch !== "" ? [branch] : null;',
    instead: "return [branch];",
    test: { file: TRANSLATE, name: "REL-14: a job of a run that has no branch" },
  },
  {
    rows: ["REL-14"],
    off: "runs of merged branches count for the trunk",
    file: "src/domain/compliance/gather-tracks.ts",
    text: "    if (!isProvingEvent(result.event, track.events)) continue;\n",
    instead: "",
    test: {
      file: "test/domain/compliance/read-streaks.properties.test.ts",
      name: "REL-14: what the newest proof",
    },
  },
  {
    rows: ["REL-15"],
    off: "each delivery has a commit of its own",
    file: "src/ingress/delivery-writer.ts",
    text: "const MAX_ROWS = 128;",
    instead: "const MAX_ROWS = 1;",
    test: { file: INTAKE, name: "REL-15: a burst of 1,000" },
  },
  {
    rows: ["REL-15"],
    off: "one repository's work may take all places of a worker",
    file: "src/queue/worker.ts",
    text: "const most = Math.max(1, concurrency - 1);",
    instead: "const most = concurrency + 1;",
    test: { file: "test/queue/worker.test.ts", name: "REL-15: does not keep another's work waiting" },
  },
  {
    rows: ["REL-16"],
    off: "nobody is told when a delivery was not stored",
    file: "src/ingress/intake.ts",
    text: 'return { status: 503, code: "not-stored" };',
    instead: "return null;",
    test: { file: "test/ingress/outage.test.ts", name: "REL-16: cut connections" },
  },
  {
    rows: ["REL-16"],
    off: "a slow database is waited for longer than GitHub waits",
    file: "src/ingress/delivery-writer.ts",
    text: "      one.reject(notInTime());\n",
    instead: "",
    test: { file: "test/ingress/outage.test.ts", name: "REL-16: a database that is only slow" },
    fails: "never-comes",
  },
  {
    rows: ["REL-16"],
    off: "a probe waits for a database that never answers",
    file: "src/ingress/probes.ts",
    text: "const missing = await Promise.race([checked, late]);",
    instead: "const missing = await checked;",
    test: {
      file: "test/ingress/probes.test.ts",
      name: "REL-16: readyz: not with a database that never answers",
    },
    fails: "never-comes",
  },
  {
    rows: ["REL-16", "REL-17"],
    off: "what could not be delivered is not asked for again",
    file: "src/handlers/collect-failed-deliveries.ts",
    text: "await github.redeliver(id);",
    instead: "",
    test: { file: "test/stories/deliveries.test.ts", name: "REL-16: refused while nobody was there" },
  },
  {
    rows: ["REL-17"],
    off: "reconciliation does not look at what differs",
    file: "src/handlers/reconcile-repository.ts",
    text: "      ...distinct.map((one) => ({",
    instead: "      ...distinct.slice(1e6).map((one) => ({",
    test: {
      file: "test/stories/deliveries.test.ts",
      name: "REL-17: a whole service that was away for 73 hours",
    },
  },
  {
    rows: ["REL-18"],
    off: "only the first secret is good",
    file: "src/ingress/signature.ts",
    text: 'secrets.map((secret) => createHmac("sha256", secret))',
    instead: 'secrets.slice(0, 1).map((secret) => createHmac("sha256", secret))',
    test: { file: INTAKE, name: "REL-18: during a rotation" },
  },
  {
    rows: ["REL-19"],
    off: "a delivery that always throws is tried without end",
    file: "src/queue/is-last-try.ts",
    text: "return retries + 1 >= TRIES || ",
    instead: "return ",
    test: { file: PROCESS, name: "REL-19: a delivery that always throws" },
    fails: "never-comes",
  },
];
