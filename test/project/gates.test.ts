import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { parsePlainYaml } from "../../src/policy/parse-plain-yaml.ts";
import { ROOT, run, SCRIPT } from "../action/run-script.ts";
import { OF_STOREFRONT } from "../api/open-gate.ts";
import { type GateState, serveGate, type ServedGate } from "../api/serve-gate.ts";
import { HEAD } from "../domain/build-snapshot.ts";

const text = readFileSync(`${ROOT}docs/gates.md`, "utf8");

/** Code of a language, in the order of the page. */
function blocks(language: string): readonly string[] {
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, of, code = ""]) =>
    of === language ? [code] : [],
  );
}

function only(language: string, holding: string): string {
  const found = blocks(language).filter((code) => code.includes(holding));
  const [code] = found;
  if (code === undefined || found.length > 1) throw new Error(`${found.length} times ${holding}`);
  return code;
}

let server: ServedGate;
let folder: string;
/** Where the examples have their script and `holdpoint`. */
beforeAll(async () => {
  server = await serveGate();
  folder = mkdtempSync(join(tmpdir(), "holdpoint-gates-"));
  mkdirSync(join(folder, "ci"));
  mkdirSync(join(folder, "bin"));
  cpSync(SCRIPT, join(folder, "ask-gate.sh"));
  cpSync(SCRIPT, join(folder, "ci/ask-gate.sh"));
  const holdpoint = `#!/bin/sh\nexec ${process.execPath} ${ROOT}src/cli/holdpoint.ts "$@"\n`;
  writeFileSync(join(folder, "bin/holdpoint"), holdpoint, { mode: 0o755 });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

function environment(): Record<string, string> {
  return {
    PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`,
    HOLDPOINT_URL: server.url,
    HOLDPOINT_TOKEN: OF_STOREFRONT,
    REPOSITORY: "acme/storefront",
    SHA: HEAD,
    GIT_COMMIT: HEAD,
  };
}

const ONLY_OPEN = { open: true, held: false, unknown: false };

/** At which gates it goes on; a wait of minutes is not waited for. */
async function goesOn(program: string, given: readonly string[]): Promise<Readonly<Record<string, boolean>>> {
  const short = given.map((argument) => argument.replace(/\b10m\b/, "0s").replace("--wait 1s", ""));
  const codes: Record<string, boolean> = {};
  for (const state of ["open", "held", "unknown"] as const satisfies readonly GateState[]) {
    server.say(state);
    codes[state] = (await run(program, short, environment(), folder)).code === 0;
    if (server.requests.length === 0) throw new Error("nobody was asked");
  }
  return codes;
}

describe("docs/gates.md: what is written there holds a deploy", () => {
  test.each(blocks("sh").map((code, index) => [index + 1, code] as const))(
    "shell example %i",
    async (_, code) => {
      expect(await goesOn("sh", ["-c", code])).toEqual(ONLY_OPEN);
    },
  );

  test("the shell line of the Jenkins stage", async () => {
    const line = /sh '(\.\/ci\/ask-gate\.sh [^']*)'/.exec(only("groovy", "pipeline"))?.[1] ?? "";
    expect(await goesOn("sh", ["-c", line])).toEqual(ONLY_OPEN);
  });

  test("the container of the Argo CD hook, with its own arguments", async () => {
    const container = z.object({ command: z.array(z.string()), args: z.array(z.string()) });
    const job = z
      .object({
        metadata: z.object({ annotations: z.object({ "argocd.argoproj.io/hook": z.literal("PreSync") }) }),
        spec: z.object({
          backoffLimit: z.literal(0),
          template: z.object({
            spec: z.object({ restartPolicy: z.literal("Never"), containers: z.tuple([container]) }),
          }),
        }),
      })
      .parse(parsePlainYaml(only("yaml", "kind: Job")));
    const [{ command, args }] = job.spec.template.spec.containers;
    const [program = "", script = ""] = command;
    expect([program, script]).toEqual(["sh", "/gate/ask-gate.sh"]);
    const given = args.map((argument) => argument.replace("SHA_OF_THE_COMMIT", HEAD));
    expect(await goesOn(program, [join(folder, "ask-gate.sh"), ...given])).toEqual(ONLY_OPEN);
  });

  test("the question of the Spinnaker stage, and the path into its answer", async () => {
    const stage = z
      .object({
        url: z.string(),
        method: z.literal("GET"),
        statusJsonPath: z.literal("$.decision"),
        statusUrlResolution: z.literal("getMethod"),
        progressStatuses: z.string(),
        successStatuses: z.string(),
      })
      .parse(JSON.parse(only("json", '"type": "webhook"')));
    const url = stage.url
      .replace("https://holdpoint.example.com", server.url)
      .replace("${trigger['hash']}", HEAD);
    const said: string[] = [];
    for (const state of ["open", "held", "unknown"] as const satisfies readonly GateState[]) {
      server.say(state);
      const answer = await fetch(url, { headers: { authorization: `Bearer ${OF_STOREFRONT}` } });
      said.push(z.object({ decision: z.string() }).parse(await answer.json()).decision);
    }
    expect([stage.successStatuses, ...stage.progressStatuses.split(",")]).toEqual(said);
  });

  test("the arguments of the Capistrano tasks", async () => {
    const calls = [...only("ruby", "namespace").matchAll(/execute (.*)$/gm)].map(([, call = ""]) =>
      call.split(", ").map((argument) =>
        argument
          .replace(/^"(.*)"$/, "$1")
          .replace("fetch(:stage)", "production")
          .replace(/^(?:sha|fetch\(:rollback_sha\))$/, HEAD),
      ),
    );
    expect(calls).toHaveLength(2);
    for (const given of calls) expect(await goesOn("sh", given)).toEqual(ONLY_OPEN);
  });

  test("the workflow has the inputs that the action has, and the gate is its first step", () => {
    const action = z
      .object({ inputs: z.record(z.string(), z.object({ required: z.boolean().optional() })) })
      .parse(parsePlainYaml(readFileSync(`${ROOT}action.yml`, "utf8")));
    const steps = z.array(
      z.object({ uses: z.string().optional(), with: z.record(z.string(), z.string()).optional() }),
    );
    const workflow = z
      .object({ jobs: z.object({ deploy: z.object({ environment: z.string(), steps }) }) })
      .parse(parsePlainYaml(only("yaml", "jobs:")));
    const [first] = workflow.jobs.deploy.steps;
    expect(first?.uses).toMatch(/\/holdpoint@/);
    const given = Object.keys(first?.with ?? {});
    expect(given.filter((name) => !(name in action.inputs))).toEqual([]);
    const required = Object.keys(action.inputs).filter((name) => action.inputs[name]?.required === true);
    expect(required.filter((name) => !given.includes(name))).toEqual([]);
  });
});
