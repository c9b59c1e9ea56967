import type { BasePermission } from "../../domain/authority/authority.ts";
import type { InstallationId } from "../../domain/model.ts";
import type { SeenRepository, SignsIn } from "../../ports/sign-in.ts";
import type { Answer } from "./exchange.ts";
import { type Fields, fields, installationId, list, optionalFields, optionalText } from "./json.ts";
import { readPages } from "./pages.ts";
import { parseRepository } from "./parse-repository.ts";
import type { UserCall, UserCalls } from "./user-calls.ts";

const PAGE = 100;
/** GitHub allows a person 100 calls at a time, over all that they use. */
const AT_ONCE = 4;

/** What a person sees of what the App is installed on, by their own token. */
export function createSeenRepositories({
  calls,
  apiUrl,
}: {
  readonly calls: UserCalls;
  readonly apiUrl: string;
}): Pick<SignsIn, "listRepositories" | "readPermission"> {
  /** Every item of every page; null: the token is no good, and what was read before that counts for nothing. */
  async function readAll(
    accessToken: string,
    key: string,
    call: UserCall,
  ): Promise<readonly Fields[] | null> {
    const items: Fields[] = [];
    let refused = false;
    async function readPage(next: Readonly<Record<string, string>>): Promise<Answer> {
      const parameters = { ...call.parameters, per_page: PAGE, ...next };
      const answer = await calls.send(accessToken, { ...call, parameters });
      refused = answer === null;
      return answer ?? { status: 401, headers: {}, data: null };
    }
    function take(answer: Answer): "more" | "enough" {
      // An installation that is not theirs to look into: its organisation wants another kind of sign-in first, or it has just gone.
      if (answer.status !== 200) return "enough";
      items.push(...list(fields(answer.data, "page")[key], key).map((item) => fields(item, key)));
      return "more";
    }
    await readPages(readPage, apiUrl, take);
    return refused ? null : items;
  }

  async function listIn(accessToken: string, id: InstallationId): Promise<readonly SeenRepository[] | null> {
    const found = await readAll(accessToken, "repositories", {
      route: "GET /user/installations/{installation_id}/repositories",
      parameters: { installation_id: id },
      doing: "reading what a person may see",
    });
    return found === null ? null : found.flatMap((one) => seen(one, id));
  }

  return {
    async listRepositories(accessToken) {
      const installations = await readAll(accessToken, "installations", {
        route: "GET /user/installations",
        doing: "reading which installations a person sees",
      });
      if (installations === null) return null;
      const waiting = installations
        .filter((one) => optionalText(one, "suspended_at") === null)
        .map((one) => installationId(one, "id"))
        .values();
      const found: (readonly SeenRepository[] | null)[] = [];
      const lanes = Array.from({ length: AT_ONCE }, async () => {
        for (const id of waiting) found.push(await listIn(accessToken, id));
      });
      await Promise.all(lanes);
      const whole = found.filter((one) => one !== null);
      return whole.length < found.length ? null : whole.flat();
    },

    async readPermission(accessToken, repository) {
      const answer = await calls.send(accessToken, {
        route: "GET /repositories/{id}",
        parameters: { id: repository },
        doing: "reading what a person may do in a repository",
      });
      if (answer === null) return null;
      return answer.status === 200 ? permissionIn(fields(answer.data, "repository")) : "none";
    },
  };
}

function seen(from: Fields, installation: InstallationId): readonly SeenRepository[] {
  const permission = permissionIn(from);
  return permission === "none" ? [] : [{ ...parseRepository(from, installation), permission }];
}

/** The person's role, as base permission: `maintain` counts as write, `triage` as read. Without a word on it: none. */
function permissionIn(from: Fields): BasePermission {
  const has = optionalFields(from["permissions"], "permissions") ?? {};
  if (has["admin"] === true) return "admin";
  if (has["maintain"] === true || has["push"] === true) return "write";
  return has["triage"] === true || has["pull"] === true ? "read" : "none";
}
