import type { Reading } from "../../domain/model.ts";
import type { JiraNames } from "../../ports/jira.ts";
import type { JiraClient } from "./client.ts";
import { unknown } from "./find-issues.ts";
import { isList, member, textMember } from "./json.ts";
import { unexpectedShape } from "./problem.ts";

/** What fields and statuses are called here, to write a policy that names them. */
export function createReadNames(client: JiraClient): () => Promise<Reading<JiraNames>> {
  return async () => {
    const [fields, statuses] = await Promise.all([
      client.call({ method: "GET", path: "/field" }),
      client.call({ method: "GET", path: "/status" }),
    ]);
    if (!fields.ok) return unknown(fields.problem);
    if (!statuses.ok) return unknown(statuses.problem);
    if (!isList(fields.value)) return unknown(unexpectedShape("GET /field"));
    if (!isList(statuses.value)) return unknown(unexpectedShape("GET /status"));
    return {
      state: "known",
      value: {
        fields: fields.value.flatMap((field) =>
          member(field, "custom") === true ? (textMember(field, "name") ?? []) : [],
        ),
        statuses: statuses.value.flatMap((status) => {
          const name = textMember(status, "name");
          const done = textMember(member(status, "statusCategory"), "key") === "done";
          return name === null ? [] : [{ name, done }];
        }),
      },
    };
  };
}
