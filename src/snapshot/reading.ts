import { type Reading, UNKNOWN_CODES, type UnknownCode } from "../domain/model.ts";
import { Fault } from "../errors.ts";

/**
 * Runs one read and turns the other side's failure into an unknown fact, so that one silent source does not
 * hide what the others say. Defects of our own are not facts: they rise.
 */
export async function readFact<Value>(read: () => Promise<Reading<Value>>): Promise<Reading<Value>> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Fault) return unknownFromFault(error);
    throw error;
  }
}

function unknownFromFault(fault: Fault): Reading<never> {
  const because: UnknownCode =
    UNKNOWN_CODES.find((code) => code === fault.code) ??
    (fault.kind === "misconfigured" ? "github-forbidden" : "github-unreachable");
  const detail = fault.detail === "" ? fault.doing : `${fault.doing}: ${fault.detail}`;
  return { state: "unknown", because, detail, retryAt: fault.retryAt };
}
