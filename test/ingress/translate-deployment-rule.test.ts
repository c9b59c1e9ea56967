import { beforeAll, describe, expect, test } from "vitest";
import { type Translator, createTranslator } from "../../src/ingress/create-translator.ts";
import { APP_ID } from "./intake-fixture.ts";

let translator: Translator;
beforeAll(async () => {
  translator = await createTranslator({ appId: APP_ID, privateKey: "no key", webhookSecret: "secret" });
});

const SHA = "ec26c3e57ca3a959ca5aad62de7213c562f8c821";
const CALLBACK =
  "https://api.github.com/repos/acme/storefront/actions/runs/30433642/deployment_protection_rule";
const payload = {
  action: "requested",
  environment: "production",
  event: "push",
  deployment_callback_url: CALLBACK,
  deployment: { id: 1, sha: SHA, ref: "main", environment: "production" },
  pull_requests: [],
  repository: {
    id: 7,
    name: "storefront",
    owner: { login: "acme" },
    default_branch: "main",
    private: true,
    archived: false,
  },
  installation: { id: 9 },
};

function translate(changes: Readonly<Record<string, unknown>>) {
  const event = "deployment_protection_rule";
  return translator({ id: "delivery", event, payload: { ...payload, ...changes } });
}

describe("a deployment protection rule's question", () => {
  test("is about the run of its callback, the environment and the deployment's sha", async () => {
    expect(await translate({})).toEqual({
      kind: "events",
      events: [
        {
          kind: "deployment-asked",
          repository: {
            id: 7,
            installationId: 9,
            owner: "acme",
            name: "storefront",
            defaultBranch: "main",
            private: true,
            archived: false,
          },
          runId: 30_433_642,
          environment: "production",
          sha: SHA,
          callbackUrl: CALLBACK,
        },
      ],
    });
  });

  test("that is not asked yet is ignored", async () => {
    expect(await translate({ action: "created" })).toEqual({
      kind: "ignored",
      reason: "deployment_protection_rule.created is not used",
    });
  });

  test.each<readonly [string, Readonly<Record<string, unknown>>, string]>([
    ["without an address to answer at", { deployment_callback_url: null }, "deployment_callback_url"],
    [
      "whose address names no run",
      { deployment_callback_url: "https://api.github.com/repos/acme/storefront/actions/runs" },
      "deployment_callback_url",
    ],
    [
      "whose run is no number",
      { deployment_callback_url: CALLBACK.replace("30433642", "0x1f") },
      "deployment_callback_url",
    ],
    [
      "whose address is endless",
      { deployment_callback_url: `https://${"a".repeat(2_000)}${CALLBACK}` },
      "deployment_callback_url",
    ],
    [
      "REL-71: whose address is another repository's",
      { deployment_callback_url: CALLBACK.replace("storefront", "cellar") },
      "deployment_callback_url",
    ],
    ["without an environment", { environment: "" }, "environment"],
    ["with a short sha", { deployment: { sha: "ec26c3e" } }, "deployment.sha"],
    ["without a deployment", { deployment: null }, "deployment"],
  ])("%s is invalid", async (_, changes, where) => {
    expect(await translate(changes)).toEqual({
      kind: "invalid",
      reason: `the payload does not have the shape of deployment_protection_rule: ${where}`,
    });
  });
});
