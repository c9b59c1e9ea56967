import { projectOf } from "./key.ts";
import type { TicketKey } from "../model.ts";

/** Prefixes that name no Jira project whatever the number. */
const WHATEVER_NUMBER: ReadonlySet<string> = new Set([
  // Encodings, formats, standards bodies
  ..."UTF UCS ASCII ISO IEEE ANSI ECMA POSIX RFC UTC GMT SHA FIPS NIST PKCS".split(" "),
  // Advisories and weaknesses
  ..."CVE CWE CVSS GHSA RHSA RUSTSEC PYSEC OWASP".split(" "),
  // Improvement proposals of languages and projects
  ..."KIP PEP JEP JSR FLIP SPIP HIP CEP AIP PIP RIP SIP FIP IEP KEP GEP TEP NEP EIP ERC BIP ADR QUIP".split(
    " ",
  ),
  // Models, and the world
  ..."GPT COVID SARS".split(" "),
  // The numbers of GitHub and GitLab themselves
  ..."GH PR MR ISSUE".split(" "),
]);

/** Prefixes that a Jira project could have, but not with these numbers. */
const WITH_NUMBERS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    AES: "128 192 256",
    AMD: "64",
    ARM: "64",
    BASE: "16 32 58 64 85",
    BSD: "2 3 4",
    CP: "437 850 1250 1251 1252 65001",
    CRC: "8 16 32 64",
    ED: "25519 448",
    EPL: "1 2",
    ES: "3 5 6 7 8",
    GPL: "1 2 3",
    HMAC: "1 256 512",
    HTTP: "1 2 3",
    IP: "4 6",
    IPV: "4 6",
    JAVA: "5 6 7 8 9 11 17 21 25",
    JDK: "5 6 7 8 9 11 17 21 25",
    LATIN: "1 2 9 15",
    LGPL: "2 3",
    AGPL: "3",
    MD: "2 4 5",
    MP: "3 4",
    MPEG: "1 2 4",
    MPL: "1 2",
    RSA: "1024 2048 3072 4096",
    SQL: "86 89 92 99",
    SSL: "2 3",
    TLS: "1",
    USB: "1 2 3 4",
    WINDOWS: "10 11 1250 1251 1252",
    X86: "32 64",
  }).map(([prefix, numbers]) => [prefix, new Set(numbers.split(" "))]),
);

/**
 * Whether a key is the name of a well-known thing that only looks like a ticket: an encoding, a standard, a
 * licence, an advisory, an improvement proposal, a number of GitHub's own. A list of projects (the policy's,
 * or Jira's own) overrules this.
 */
export function isStandard(key: TicketKey): boolean {
  const prefix = projectOf(key);
  if (WHATEVER_NUMBER.has(prefix)) return true;
  return WITH_NUMBERS.get(prefix)?.has(key.slice(prefix.length + 1)) ?? false;
}
