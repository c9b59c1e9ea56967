import type { StoredRequest, Wish } from "../../domain/requests/request.ts";
import type { HandlerDependencies } from "../dependencies.ts";

export async function attachTicket(
  _dependencies: HandlerDependencies,
  _request: StoredRequest,
  _wish: Extract<Wish, { kind: "attach-ticket" | "detach-ticket" }>,
): Promise<void> {
  throw new Error("not built");
}
