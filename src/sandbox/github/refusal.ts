export interface RefusalDetails {
  readonly errors?: readonly unknown[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** What GitHub answers instead of doing it; thrown by what refuses, answered by the door. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, details: RefusalDetails = {}) {
    super(message, { cause: details.cause });
    this.name = "Refusal";
    this.status = status;
    this.headers = details.headers ?? {};
    this.body = {
      message,
      ...(details.errors === undefined ? {} : { errors: details.errors }),
      documentation_url: "https://docs.github.com/rest",
      status: String(status),
    };
  }
}

export function notFound(): Refusal {
  return new Refusal(404, "Not Found");
}

/** 422 with one reason, as GitHub words it: `description is too long (maximum is 140 characters)`. */
export function invalid(resource: string, field: string, message: string): Refusal {
  return new Refusal(422, "Validation Failed", { errors: [{ resource, field, code: "custom", message }] });
}

/** GitHub counts characters here, not bytes. */
export function refuseLonger(
  text: string | null | undefined,
  maximum: number,
  resource: string,
  field: string,
): void {
  if ((text ?? "").length > maximum) {
    throw invalid(resource, field, `${field} is too long (maximum is ${maximum} characters)`);
  }
}
