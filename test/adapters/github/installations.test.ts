import { describe, expect, test } from "vitest";
import type { Granted } from "../../../src/domain/permissions/granted.ts";
import { itemLike, repositoryAnswer } from "./answers.ts";
import { faultOf, INSTALLATION, type Json, type Reply, START, startGitHub } from "./github-under-test.ts";

function installed(id: number, login: string, suspendedAt: string | null = null): Json {
  const example = itemLike("base-installation-items", null);
  return {
    ...example,
    id,
    account: { ...Object(example["account"]), id: id * 10, login },
    suspended_at: suspendedAt,
    permissions: { contents: "read", issues: "write" },
    events: ["push"],
    html_url: `https://github.com/organizations/${login}/settings/installations/${id}`,
  };
}

function granted(id: number, login: string): Granted {
  const page = `https://github.com/organizations/${login}/settings/installations/${id}`;
  return { permissions: { contents: "read", issues: "write" }, events: ["push"], page };
}

function next(path: string): Readonly<Record<string, string>> {
  return { link: `<https://api.github.com${path}>; rel="next", <https://api.github.com/x>; rel="last"` };
}

test("REL-49: all pages of the installations are read, as the App itself", async () => {
  const under = startGitHub();
  under.on(
    "GET",
    "/app/installations",
    { body: [installed(1, "acme")], headers: next("/app/installations?per_page=100&page=2") },
    { body: [{ ...installed(3, "gone"), account: null }, installed(2, "umbrella", "2026-01-01T00:00:00Z")] },
  );
  expect(await under.github.listInstallations()).toEqual([
    { id: 1, account: { id: 10, login: "acme" }, suspended: false, granted: granted(1, "acme") },
    { id: 2, account: { id: 20, login: "umbrella" }, suspended: true, granted: granted(2, "umbrella") },
  ]);
  expect(under.requests.map(({ headers }) => headers["authorization"]?.split(" ")[0])).toEqual([
    "Bearer",
    "Bearer",
  ]);
});

test("an installation is known, whatever GitHub says of what the App may do there", async () => {
  const under = startGitHub();
  const { events: _events, ...without } = installed(1, "acme");
  under.on("GET", "/app/installations", { body: [without], lies: true });
  expect(await under.github.listInstallations()).toMatchObject([{ id: 1, suspended: false, granted: null }]);
});

describe("the repositories of an installation", () => {
  const page = (total: number, ...repositories: readonly Json[]): Reply => ({
    body: { total_count: total, repositories },
  });

  test("REL-49: are read to the last page", async () => {
    const under = startGitHub();
    under.on(
      "GET",
      "/installation/repositories",
      {
        ...page(2, repositoryAnswer("acme", "storefront", { id: 1 })),
        headers: next("/installation/repositories?per_page=100&page=2"),
      },
      page(2, repositoryAnswer("acme", "billing", { id: 2, private: false, archived: true })),
    );
    expect(await under.github.listRepositories(INSTALLATION)).toEqual([
      {
        id: 1,
        installationId: 7,
        owner: "acme",
        name: "storefront",
        defaultBranch: "main",
        private: true,
        archived: false,
      },
      {
        id: 2,
        installationId: 7,
        owner: "acme",
        name: "billing",
        defaultBranch: "main",
        private: false,
        archived: true,
      },
    ]);
  });

  test("one that slipped from the list is not taken for removed", async () => {
    const under = startGitHub();
    under.on("GET", "/installation/repositories", page(2, repositoryAnswer("acme", "storefront")));
    const fault = await faultOf(under.github.listRepositories(INSTALLATION));
    expect([fault.kind, fault.detail]).toEqual(["retry-later", "GitHub counts 2 repositories but listed 1."]);
  });
});

describe("deliveries that did not arrive", () => {
  const delivery = (id: number, guid: string, status: string, minutesAgo: number): Json =>
    itemLike("hook-delivery-items", null, {
      id,
      guid,
      status,
      status_code: status === "OK" ? 200 : 0,
      delivered_at: new Date(START.getTime() - minutesAgo * 60_000).toISOString(),
    });
  const since = new Date(START.getTime() - 3_600_000);

  test("are those whose newest attempt failed, since then, on every page", async () => {
    const under = startGitHub();
    const cursors: (string | null)[] = [];
    const pages: readonly Reply[] = [
      {
        body: [
          delivery(9, "mended", "OK", 1),
          delivery(8, "never connected", "failed to connect to host", 2),
          delivery(7, "mended", "Invalid HTTP Response: 503", 3),
        ],
        headers: next("/app/hook/deliveries?per_page=100&cursor=v1_2"),
      },
      {
        body: [delivery(6, "refused", "Invalid HTTP Response: 500", 59), delivery(5, "old", "timed out", 61)],
        headers: next("/app/hook/deliveries?per_page=100&cursor=v1_3"),
      },
    ];
    under.on("GET", "/app/hook/deliveries", ({ query }) => {
      cursors.push(query.get("cursor"));
      return pages[cursors.length - 1] ?? {};
    });
    expect(await under.github.listFailedDeliveries(since)).toEqual([
      { id: 8, guid: "never connected" },
      { id: 6, guid: "refused" },
    ]);
    expect(cursors).toEqual([null, "v1_2"]);
  });

  test("are left alone once only their repetitions are that young: each repetition is listed anew, for ever", async () => {
    const under = startGitHub();
    const again = { ...delivery(9, "too large", "Invalid HTTP Response: 413", 2), redelivery: true };
    under.on("GET", "/app/hook/deliveries", {
      body: [again, delivery(3, "too large", "Invalid HTTP Response: 413", 61)],
    });
    expect(await under.github.listFailedDeliveries(since)).toEqual([]);
  });

  test("are asked for by their newest attempt while the first one is young enough", async () => {
    const under = startGitHub();
    const again = { ...delivery(9, "refused", "Invalid HTTP Response: 503", 2), redelivery: true };
    under.on("GET", "/app/hook/deliveries", {
      body: [again, delivery(3, "refused", "Invalid HTTP Response: 503", 59)],
    });
    expect(await under.github.listFailedDeliveries(since)).toEqual([{ id: 9, guid: "refused" }]);
  });

  test("are asked for again as the App itself", async () => {
    const under = startGitHub();
    under.on("POST", "/app/hook/deliveries/8/attempts", { status: 202, body: {} });
    await under.github.redeliver(8);
    expect(under.requests.map(({ method, pathname }) => `${method} ${pathname}`)).toEqual([
      "POST /app/hook/deliveries/8/attempts",
    ]);
  });

  test("cannot be had again once GitHub has forgotten them", async () => {
    const under = startGitHub();
    under.on("POST", "/app/hook/deliveries/8/attempts", { status: 404, body: { message: "Not Found" } });
    const fault = await faultOf(under.github.redeliver(8));
    expect([fault.kind, fault.code, fault.status]).toEqual(["never-retry", "github-refused", 404]);
  });
});
