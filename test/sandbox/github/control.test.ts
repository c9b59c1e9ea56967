import { expect, onTestFinished, test } from "vitest";
import { connectToSandbox, type RemoteSandbox } from "../../../src/sandbox/github/control-client.ts";
import { serve } from "../../../src/sandbox/serve.ts";
import { field, list, openStage, SECRET, type Stage } from "./open-sandbox.ts";

async function connect(stage: Stage): Promise<RemoteSandbox> {
  const served = await serve(stage.sandbox.fetch);
  onTestFinished(served.stop);
  return connectToSandbox(served.url);
}

test("a sandbox of another process is played by the same names", async () => {
  const stage = openStage();
  const remote = await connect(stage);
  const { control } = remote;
  const { installationId } = await control.createOrganisation({ login: "acme" });
  expect(installationId).toBeTypeOf("number");
  await control.createRepository({ owner: "acme", name: "shop", files: { a: "1" } });
  await remote.setWebhook({ url: "http://127.0.0.1:9/hook", secret: SECRET });
  await remote.lie({ kind: "delivery-lost", event: "push", times: 1 });
  const { sha } = await control.commit({
    repository: "acme/shop",
    branch: "main",
    message: "one",
    files: { b: "1" },
  });
  expect(sha).toMatch(/^[0-9a-f]{40}$/);
  await remote.settled();
  expect(field(await remote.readDeliveries(), 0, "event")).toBe("create");
  expect(field(await remote.readApp(), "privateKey")).toBe(stage.sandbox.app.privateKey);
  expect(await remote.readViolations()).toEqual([]);
  expect(list(field(await remote.readRequests(), "requests"))).toEqual([]);
});

test("what it cannot do it refuses with the reason", async () => {
  const { control } = await connect(openStage());
  await expect(control.commit({ repository: "acme/none", branch: "main", message: "one" })).rejects.toThrow(
    "there is no repository acme/none",
  );
  // @ts-expect-error: what a caller without types may send
  await expect(control.commit({ repository: 1, branch: "main" })).rejects.toThrow(
    "✖ Invalid input: expected string",
  );
});
