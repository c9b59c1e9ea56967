import type { InstallationId, RepositoryFacts } from "../../domain/model.ts";
import type { Granted } from "../../domain/permissions/granted.ts";
import * as wording from "../../domain/wording/github.ts";
import { Fault } from "../../errors.ts";
import type { ReadsInstallations } from "../../ports/installations.ts";
import type { Answer } from "./exchange.ts";
import {
  fields,
  type Fields,
  installationId,
  integer,
  isFields,
  list,
  optionalFields,
  optionalText,
  text,
} from "./json.ts";
import { readPages } from "./pages.ts";
import { parseRepository } from "./parse-repository.ts";
import type { RepositoryCalls } from "./repository-calls.ts";
import type { Call, Transport } from "./transport.ts";
import { refused } from "./refused.ts";

export function createInstallationReads(
  transport: Transport,
  calls: RepositoryCalls,
  apiUrl: string,
): ReadsInstallations {
  async function readAll(call: Call, take: (answer: Answer) => "more" | "enough"): Promise<void> {
    await readPages(
      (next) => transport.send({ ...call, parameters: { ...call.parameters, per_page: 100, ...next } }),
      apiUrl,
      (answer) => {
        if (answer.status !== 200) throw refused(call.doing, answer.status);
        return take(answer);
      },
    );
  }

  return {
    listInstallations: async () => {
      const found = new Map<InstallationId, Installation>();
      await readAll(
        {
          caller: { kind: "app" },
          route: "GET /app/installations",
          parameters: {},
          doing: "listing the installations",
        },
        (answer) => {
          for (const item of list(answer.data, "installations")) {
            const installation = parseInstallation(item);
            if (installation !== null) found.set(installation.id, installation);
          }
          return "more";
        },
      );
      return [...found.values()];
    },

    listRepositories: async (installation) => {
      const found = new Map<number, RepositoryFacts>();
      let total = 0;
      const doing = "listing the repositories of an installation";
      await readAll(
        {
          caller: { kind: "installation", installation },
          route: "GET /installation/repositories",
          parameters: {},
          doing,
        },
        (answer) => {
          const page = fields(answer.data, "repositories");
          total = integer(page, "total_count");
          for (const item of list(page["repositories"], "repositories")) {
            const facts = parseRepository(item, installation);
            found.set(facts.id, facts);
          }
          return "more";
        },
      );
      // Somebody who is missing from the list would be taken for removed.
      if (found.size < total) {
        throw inconsistent(doing, wording.githubItemsMissing("repositories", found.size, total));
      }
      return [...found.values()];
    },

    readRepository: async (installationId, id) => {
      const facts = await calls.readById({ installationId, id });
      if (facts === null) return { state: "missing", detail: wording.githubRepositoryGone() };
      return { state: "known", value: facts };
    },

    listFailedDeliveries: async (since) => {
      // Newest first: the first that is seen of a GUID is its newest attempt.
      const newest = new Map<string, { id: number; guid: string; failed: boolean }>();
      // A repetition is listed as new: counted by it, what always fails would be asked for without end.
      const young = new Set<string>();
      await readAll(
        {
          caller: { kind: "app" },
          route: "GET /app/hook/deliveries",
          parameters: {},
          doing: "listing the deliveries that did not arrive",
        },
        (answer) => {
          for (const item of list(answer.data, "deliveries")) {
            const from = fields(item, "delivery");
            if (Date.parse(text(from, "delivered_at")) < since.getTime()) return "enough";
            const guid = text(from, "guid");
            // A delivery that never connected has no status code: only `OK` is success.
            const failed = text(from, "status") !== "OK";
            if (from["redelivery"] !== true) young.add(guid);
            if (!newest.has(guid)) newest.set(guid, { id: integer(from, "id"), guid, failed });
          }
          return "more";
        },
      );
      return [...newest.values()]
        .filter(({ guid, failed }) => failed && young.has(guid))
        .map(({ id, guid }) => ({ id, guid }));
    },

    redeliver: async (id) => {
      const doing = "asking for a delivery again";
      const answer = await transport.send({
        caller: { kind: "app" },
        route: "POST /app/hook/deliveries/{delivery_id}/attempts",
        parameters: { delivery_id: id },
        doing,
      });
      if (answer.status !== 202) throw refused(doing, answer.status);
    },
  };
}

interface Installation {
  readonly id: InstallationId;
  readonly account: { readonly id: number; readonly login: string };
  readonly suspended: boolean;
  readonly granted: Granted | null;
}

/** null: the account is gone, and with it whatever could be asked of the installation. */
function parseInstallation(item: unknown): Installation | null {
  const from = fields(item, "installation");
  const account = optionalFields(from["account"], "account");
  if (account === null) return null;
  return {
    id: installationId(from, "id"),
    // An enterprise has a slug instead of a login.
    account: { id: integer(account, "id"), login: optionalText(account, "login") ?? text(account, "slug") },
    suspended: optionalText(from, "suspended_at") !== null,
    granted: parseGranted(from),
  };
}

/** It is only shown: without it everything else of the installation is known all the same. */
function parseGranted(from: Fields): Granted | null {
  const { permissions, events } = from;
  if (!isFields(permissions) || !Array.isArray(events)) return null;
  return {
    permissions: textsOf(permissions),
    events: list(events, "events").filter((event) => typeof event === "string"),
    page: optionalText(from, "html_url"),
  };
}

function textsOf(from: Fields): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(from).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}

function inconsistent(doing: string, detail: string): Fault {
  return new Fault({ kind: "retry-later", code: "github-inconsistent", doing, detail });
}
