import type { Context } from "hono";
import type { SandboxRefusal } from "./model.ts";

export const ISSUE_GONE: SandboxRefusal = {
  status: 404,
  messages: ["Issue does not exist or you do not have permission to see it."],
  errors: {},
};

export function refuse(context: Context, { status, messages, errors }: SandboxRefusal): Response {
  return context.json({ errorMessages: messages, errors }, status);
}

export function badRequest(message: string): SandboxRefusal {
  return { status: 400, messages: [message], errors: {} };
}

/** The body as JSON; null where it is none, which every schema refuses. */
export async function readJson(context: Context): Promise<unknown> {
  const text = await context.req.text();
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed;
  } catch {
    return null;
  }
}
