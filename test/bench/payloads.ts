import { createHmac, randomBytes } from "node:crypto";
import { z } from "zod";
import { readExamples } from "../ingress/examples.ts";

export const SECRET = "the bench's own secret";

/** The sizes that are sent. */
export type Size = "7 KB" | "1 MB";
export const SIZES = ["7 KB", "1 MB"] as const satisfies readonly Size[];

const MEGABYTE = 1_000_000;
/** How many bodies of a size differ from each other. */
const DISTINCT: Readonly<Record<Size, number>> = { "7 KB": 1_024, "1 MB": 24 };

const pushSchema = z.looseObject({
  ref: z.string().startsWith("refs/heads/"),
  installation: z.looseObject({}),
  commits: z.array(z.looseObject({})).min(1),
});

/** GitHub's example of a push to a branch, as an App gets it. */
function pushPayload(): z.infer<typeof pushSchema> {
  for (const { name, payload } of readExamples()) {
    const push = pushSchema.safeParse(payload);
    if (name === "push" && push.success) return push.data;
  }
  throw new Error("the examples hold no push to a branch, as an App gets it");
}

/** A request as it goes over the wire; the GUID at `guidAt` is written anew for each sending. */
export interface Prepared {
  readonly bytes: Buffer;
  readonly guidAt: number;
}

export const GUID_LENGTH = 36;

/** Signed requests with bodies that differ, so that none is a repetition of another. */
export function prepare(size: Size, port: number): readonly Prepared[] {
  const payload = pushPayload();
  const commits = size === "7 KB" ? payload.commits : grow(payload.commits, MEGABYTE);
  return Array.from({ length: DISTINCT[size] }, () =>
    prepareOne(
      Buffer.from(JSON.stringify({ ...payload, commits, after: randomBytes(20).toString("hex") })),
      port,
    ),
  );
}

export function prepareOne(
  body: Buffer,
  port: number,
  { event = "push", secret = SECRET }: { readonly event?: string; readonly secret?: string } = {},
): Prepared {
  const before = [
    "POST /api/github/webhooks HTTP/1.1",
    `Host: 127.0.0.1:${String(port)}`,
    "User-Agent: GitHub-Hookshot/bench",
    "Accept: */*",
    "Content-Type: application/json",
    `X-GitHub-Event: ${event}`,
    "X-GitHub-Hook-ID: 1",
    "X-GitHub-Hook-Installation-Target-ID: 1",
    "X-GitHub-Hook-Installation-Target-Type: integration",
    `X-Hub-Signature-256: sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
    `Content-Length: ${String(body.length)}`,
    "X-GitHub-Delivery: ",
  ].join("\r\n");
  const head = `${before}${"0".repeat(GUID_LENGTH)}\r\n\r\n`;
  return { bytes: Buffer.concat([Buffer.from(head), body]), guidAt: before.length };
}

/** The same commits again and again, with other ids and messages, until they take so many bytes. */
function grow(commits: readonly object[], bytes: number): readonly object[] {
  const grown: object[] = [];
  for (let size = 0; size < bytes;) {
    const [pattern = {}] = commits;
    const [id, tree] = [randomBytes(20).toString("hex"), randomBytes(20).toString("hex")];
    const url = `https://github.com/Codertocat/Hello-World/commit/${id}`;
    const commit = { ...pattern, id, tree_id: tree, url, message: `PLAY-${String(grown.length + 1)} change` };
    grown.push(commit);
    size += JSON.stringify(commit).length + 1;
  }
  return grown;
}
