import * as wording from "../../domain/wording/github.ts";
import { Fault } from "../../errors.ts";
import type { ReadsPeople } from "../../ports/people.ts";
import { fields, optionalText } from "./json.ts";
import type { Transport } from "./transport.ts";

/** https://docs.github.com/en/rest/users/users#get-a-user: `email` is the public one; most people show none. */
export function createEmailReads(transport: Transport): Pick<ReadsPeople, "readEmail"> {
  return {
    readEmail: async ({ installationId }, login) => {
      const doing = "reading an e-mail address";
      const answer = await transport.send({
        caller: { kind: "installation", installation: installationId },
        route: "GET /users/{username}",
        parameters: { username: login },
        doing,
      });
      if (answer.status === 404) return null;
      if (answer.status !== 200) {
        throw new Fault({
          kind: "retry-later",
          code: "github-inconsistent",
          doing,
          status: answer.status,
          detail: wording.githubAnsweredError(answer.status),
        });
      }
      return optionalText(fields(answer.data, "user"), "email");
    },
  };
}
