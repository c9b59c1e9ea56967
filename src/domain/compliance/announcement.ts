import type { ComplianceCase } from "./case.ts";

/**
 * Something that people must know about an issue's cases: told once, on GitHub and on Slack, by `announce`. `key` makes it
 * one: the same announcement decided twice is said once.
 */
export type Announcement =
  | { readonly what: "opened"; readonly key: string; readonly cases: readonly ComplianceCase[] }
  /** `before`: what is left until the deadline, in milliseconds. On the issue only the first time. */
  | {
      readonly what: "reminder";
      readonly key: string;
      readonly cases: readonly ComplianceCase[];
      readonly before: number;
      readonly first: boolean;
    }
  | { readonly what: "verifying"; readonly key: string; readonly cases: readonly ComplianceCase[] }
  | { readonly what: "unverified"; readonly key: string; readonly cases: readonly ComplianceCase[] }
  | { readonly what: "expired"; readonly key: string; readonly cases: readonly ComplianceCase[] }
  | { readonly what: "relapsed"; readonly key: string; readonly cases: readonly ComplianceCase[] }
  | { readonly what: "resolved"; readonly key: string; readonly cases: readonly ComplianceCase[] }
  | {
      readonly what: "extended";
      readonly key: string;
      readonly cases: readonly ComplianceCase[];
      readonly by: string;
      readonly because: string;
    }
  /** The issue was closed by hand while a case is open. `quietly`: by a commit that says "Fixes": wait for a green run. */
  | {
      readonly what: "reopened";
      readonly key: string;
      readonly cases: readonly ComplianceCase[];
      readonly waitingFor: string | null;
    }
  | {
      readonly what: "override-began";
      readonly key: string;
      readonly by: string;
      readonly because: string | null;
      readonly until: Date;
    }
  | { readonly what: "override-ended"; readonly key: string; readonly by: string | null };
