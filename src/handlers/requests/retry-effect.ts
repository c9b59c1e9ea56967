import type { StoredRequest, Wish } from "../../domain/requests/request.ts";
import type { HandlerDependencies } from "../dependencies.ts";

export async function retryEffect(
  _dependencies: HandlerDependencies,
  _request: StoredRequest,
  _wish: Extract<Wish, { kind: "retry-effect" }>,
): Promise<void> {
  throw new Error("not built");
}
