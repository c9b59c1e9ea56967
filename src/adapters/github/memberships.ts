import type { Reading } from "../../domain/model.ts";
import * as wording from "../../domain/wording/github.ts";
import { Fault } from "../../errors.ts";
import type { Membership, ReadsPeople } from "../../ports/people.ts";
import type { RepositoryRef } from "../../ports/repository.ts";
import type { Answer } from "./exchange.ts";
import { fields, text, unexpected } from "./json.ts";
import type { Transport } from "./transport.ts";

/**
 * Members of teams, those of nested teams included. GitHub says 404 to "no member", to "no such team" and to "you may not
 * look" alike, so that a 404 is a no only where the team itself can be seen.
 */
export function createMembershipReads(transport: Transport): Pick<ReadsPeople, "readMembership"> {
  async function ask(
    repository: RepositoryRef,
    path: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<Answer | null> {
    try {
      return await transport.send({
        caller: { kind: "installation", installation: repository.installationId },
        route: `GET /orgs/{org}/teams/{team_slug}${path}`,
        parameters,
        doing: `reading the team ${parameters["org"]}/${parameters["team_slug"]}`,
      });
    } catch (error) {
      // The App may not read members, or not this organisation. A limit, a silence: those are faults, and rise.
      if (error instanceof Fault && error.kind === "misconfigured") return null;
      throw error;
    }
  }

  return {
    readMembership: async (repository, team, login) => {
      const [org = "", slug = "", more] = team.split("/");
      if (org === "" || slug === "" || more !== undefined) return unreadable(team);
      const parameters = { org, team_slug: slug };
      const member = await ask(repository, "/memberships/{username}", { ...parameters, username: login });
      if (member?.status === 200) return { state: "known", value: parseMembership(member) };
      if (member === null || member.status !== 404) return unreadable(team);
      const found = await ask(repository, "", parameters);
      return found?.status === 200 ? { state: "known", value: "none" } : unreadable(team);
    },
  };
}

/** Somebody who was only invited is pending: no member yet. */
function parseMembership(answer: Answer): Membership {
  const state = text(fields(answer.data, "membership"), "state");
  if (state === "active" || state === "pending") return state;
  throw unexpected("state");
}

function unreadable(team: string): Reading<Membership> {
  const detail = wording.githubObjectGone(`The team ${team}`);
  return { state: "unknown", because: "github-forbidden", detail, retryAt: null };
}
