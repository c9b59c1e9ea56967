import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTcpServer, type AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { createJira } from "../../../src/adapters/jira/create-jira.ts";
import type { JiraSettings } from "../../../src/config.ts";
import type { Reading } from "../../../src/domain/model.ts";
import type { Ticket } from "../../../src/domain/ticket.ts";
import { asError, Fault } from "../../../src/errors.ts";
import { createTestClock, DATA_CENTER, key, keys, PAT, rawIssue, TINY } from "./support.ts";

const open: { close: () => void }[] = [];

afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

async function listen(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push({
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
  return `http://127.0.0.1:${portOf(server.address())}`;
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  return address.port;
}

/** Patient enough for a busy machine, where time is not what is tested. */
const PATIENT = { ...TINY, answerWithin: 10_000, completeWithin: 15_000 };

async function readOne(baseUrl: string, limits = PATIENT): Promise<Reading<Ticket> | undefined> {
  const settings: JiraSettings = { ...DATA_CENTER, baseUrl };
  const jira = createJira(settings, { clock: createTestClock(), limits });
  return (await jira.readTickets(keys(1), [])).get(key("PLAY-1"));
}

const JSON_HEAD = { "content-type": "application/json" };
const CALL = "POST /rest/api/2/search";

describe("REL-72: a network that fails in every way", () => {
  test("nobody listens", async () => {
    const server = createTcpServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const port = portOf(server.address());
    await new Promise((resolve) => server.close(resolve));
    expect(await readOne(`http://127.0.0.1:${port}`)).toEqual({
      state: "unknown",
      because: "jira-unreachable",
      detail: `ECONNREFUSED, ${CALL}`,
      retryAt: null,
    });
  });

  test("the connection is reset before an answer, twice", async () => {
    let calls = 0;
    const url = await listen((request) => {
      calls += 1;
      request.socket.resetAndDestroy();
    });
    expect(await readOne(url)).toMatchObject({ state: "unknown", because: "jira-unreachable" });
    expect(calls).toBe(2);
  });

  test("no answer comes: given up in time, and not tried again", async () => {
    let calls = 0;
    const url = await listen(() => {
      calls += 1;
    });
    // The whole exchange may take ten minutes: it is the head that does not come.
    expect(await readOne(url, { ...TINY, completeWithin: 600_000 })).toEqual({
      state: "unknown",
      because: "jira-timeout",
      detail: `no answer in time, ${CALL}`,
      retryAt: null,
    });
    expect(calls).toBe(1);
  });

  test("a body that trickles is cut off, however lively it is", async () => {
    const url = await listen((_request, response) => {
      response.writeHead(200, JSON_HEAD);
      const drip = setInterval(() => response.write(" "), 5);
      response.on("close", () => clearInterval(drip));
    });
    expect(await readOne(url, { ...TINY, answerWithin: 10_000 })).toEqual({
      state: "unknown",
      because: "jira-incomplete",
      detail: `the answer did not end in time, ${CALL}`,
      retryAt: null,
    });
  });

  test("an answer that breaks off before its announced end is tried once more", async () => {
    let calls = 0;
    const url = await listen((_request, response) => {
      calls += 1;
      response.writeHead(200, { ...JSON_HEAD, "content-length": "500" });
      response.write('{"total":1,"issues":[');
      setImmediate(() => response.destroy());
    });
    expect(await readOne(url)).toMatchObject({ state: "unknown", because: "jira-incomplete" });
    expect(calls).toBe(2);
  });

  test("a body without end is given up at the limit", async () => {
    const url = await listen((_request, response) => {
      response.writeHead(200, JSON_HEAD);
      const block = Buffer.alloc(16 * 1024, " ");
      const fill = (): void => {
        while (!response.destroyed && response.write(block));
      };
      response.on("drain", fill);
      fill();
    });
    expect(await readOne(url)).toEqual({
      state: "unknown",
      because: "jira-too-large",
      detail: `more than 65536 bytes, ${CALL}`,
      retryAt: null,
    });
  });

  test("a small answer that unpacks to a large one is given up at the limit", async () => {
    const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024, " "));
    const url = await listen((_request, response) => {
      response.writeHead(200, { ...JSON_HEAD, "content-encoding": "gzip" });
      response.end(bomb);
    });
    expect(bomb.byteLength).toBeLessThan(65_536);
    expect(await readOne(url)).toMatchObject({ state: "unknown", because: "jira-too-large" });
  });
});

describe("REL-71: the address comes from the settings alone", () => {
  test("a redirect to the inside is not followed, and the token goes nowhere else", async () => {
    let reached = 0;
    const inside = await listen((_request, response) => {
      reached += 1;
      response.writeHead(200, JSON_HEAD).end(JSON.stringify({ total: 1, issues: [rawIssue("PLAY-1")] }));
    });
    for (const status of [301, 302, 303, 307, 308]) {
      const url = await listen((_request, response) => {
        response.writeHead(status, { location: `${inside}/rest/api/2/search` }).end();
      });
      expect(await readOne(url)).toMatchObject({
        state: "unknown",
        because: "jira-redirected",
        detail: `HTTP ${status}, ${CALL}`,
      });
    }
    expect(reached).toBe(0);
  });

  test("http is taken for loopback", async () => {
    let seen = "";
    const url = await listen((request, response) => {
      seen = `${request.method} ${request.url} ${request.headers.authorization}`;
      response.writeHead(200, JSON_HEAD).end(JSON.stringify({ total: 1, issues: [rawIssue("PLAY-1")] }));
    });
    expect(await readOne(`${url}/jira`)).toMatchObject({ state: "known" });
    expect(seen).toBe(`POST /jira/rest/api/2/search Bearer ${PAT}`);
  });

  test.each([
    "http://169.254.169.254",
    "http://jira.acme.example",
    "http://[::ffff:127.0.0.1]",
    "http://2852039166",
    "http://localhost.acme.example",
    "file:///etc/passwd",
    "ftp://127.0.0.1",
    "not an address",
  ])("%s is refused before anything is sent", (baseUrl) => {
    const failure = catchError(() => createJira({ ...DATA_CENTER, baseUrl }, { clock: createTestClock() }));
    expect(failure).toBeInstanceOf(Fault);
    expect(failure?.message).toBe("jira-address while reading JIRA_BASE_URL");
  });
});

function catchError(work: () => void): Error | null {
  try {
    work();
    return null;
  } catch (error) {
    return asError(error);
  }
}
