import nock from "nock";
import { afterEach, expect, test } from "vitest";
import { createJira } from "../../../src/adapters/jira/create-jira.ts";
import { CLOUD, CLOUD_URL, createTestClock } from "./support.ts";

afterEach(() => {
  nock.cleanAll();
});

function answer(path: "field" | "status", body: nock.Body, status = 200): void {
  nock(CLOUD_URL).get(`/rest/api/3/${path}`).reply(status, body);
}

const FIELDS = [
  { id: "summary", name: "Summary", custom: false },
  { id: "customfield_1", name: "Risk assessment", custom: true },
  { id: "customfield_2", custom: true },
];

test("fields that somebody made, and every status with whether it means done, are known by name", async () => {
  answer("field", FIELDS);
  answer("status", [
    { name: "Ready to deploy", statusCategory: { key: "indeterminate" } },
    { name: "Done", statusCategory: { key: "done" } },
    { statusCategory: { key: "new" } },
  ]);
  expect(await createJira(CLOUD, { clock: createTestClock() }).readNames()).toEqual({
    state: "known",
    value: {
      fields: ["Risk assessment"],
      statuses: [
        { name: "Ready to deploy", done: false },
        { name: "Done", done: true },
      ],
    },
  });
});

test("one of the two that cannot be read leaves both unknown", async () => {
  answer("field", FIELDS);
  answer("status", { nonsense: true });
  expect(await createJira(CLOUD, { clock: createTestClock() }).readNames()).toMatchObject({
    state: "unknown",
    because: "jira-unexpected",
    detail: "JSON of another shape, GET /status",
  });
});
