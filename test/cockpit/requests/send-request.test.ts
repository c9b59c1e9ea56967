import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { RepositoryFacts } from "../../../src/domain/model.ts";
import { givePolicy } from "../case/case-world.ts";
import { type AnsweringQueue, answeringQueue } from "../answering-queue.ts";
import { type FilledForm, formIn } from "../filled-form.ts";
import { type OpenCockpit, openCockpit } from "../open-cockpit.ts";

let cockpit: OpenCockpit;
let worker: AnsweringQueue;
let repository: RepositoryFacts;
let writer: string;
beforeAll(async () => {
  worker = answeringQueue(() => cockpit.now());
  cockpit = await openCockpit({ queue: worker.queue });
  repository = await cockpit.repository();
  await givePolicy(cockpit, repository);
  writer = await cockpit.signIn("monalisa", [[repository, "write"]]);
});
afterAll(() => cockpit.close());
beforeEach(() => {
  worker.wishes.splice(0);
  worker.outcome = { state: "done", answer: { code: "halt", message: "Deploys are halted." } };
  cockpit.pass(60_000);
});

/** Where it leads. */
async function halted(because: string, cookie = writer): Promise<string | null> {
  const page = await (await cockpit.get("/acme/storefront", cookie)).text();
  const { action, fields }: FilledForm = formIn(page, "form-halt") ?? { action: "", fields: {} };
  const answer = await cockpit.post(action, cookie, { ...fields, because });
  expect(answer.status).toBe(303);
  return answer.headers.get("location");
}

test("a form that is sent twice asks once, and both clicks lead to what became of it", async () => {
  const [one, other] = await Promise.all([halted("the till is down"), halted("the till is down")]);
  expect(worker.wishes).toHaveLength(1);
  expect(other).toBe(one);
});

test("the same wish some time later is another one", async () => {
  await halted("the till is down");
  cockpit.pass(5_000);
  await halted("the till is down");
  expect(worker.wishes).toHaveLength(2);
});

test.each(["refused", "conflict", "failed"] as const)(
  "what was %s can be asked for at once",
  async (state) => {
    worker.outcome = { state, answer: { code: "no", message: "It was not done." } };
    await halted("the till is down");
    await halted("the till is down");
    expect(worker.wishes).toHaveLength(2);
  },
);

test("two wishes in turn are two each time, and nobody's wish is somebody else's", async () => {
  const other = await cockpit.signIn("octocat", [[repository, "write"]]);
  for (const because of ["one", "two", "one"]) await halted(because);
  await halted("one", other);
  expect(worker.wishes).toHaveLength(4);
});
