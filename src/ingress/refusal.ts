/** Why a request was not taken; each one is counted under this name. */
export type RefusalCode =
  | "signature-missing"
  | "signature-malformed"
  | "signature-wrong"
  | "header-missing"
  | "header-malformed"
  | "not-utf8"
  | "encoding"
  | "content-type"
  | "too-large"
  | "aborted"
  | "busy"
  | "not-configured"
  | "not-stored"
  | "stopping";

/** A refused request: the HTTP status and the reason. Nothing of it is stored. */
export interface Refusal {
  readonly status: 400 | 401 | 413 | 415 | 503;
  readonly code: RefusalCode;
}
