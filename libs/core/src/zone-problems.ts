import { type Duty, SINGLE_DUTIES } from "./accounts";
import { isCidr, overlaps, prefixLength } from "./cidr";
import { type Problem } from "./errors";
import { at, isRecord, listAt } from "./input";
import { SERVICE_NAMES, SERVICES, servicesOf } from "./services";
import { VPC_PREFIX } from "./zone-schema";

/** @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const TAG_KEY = /^(?!aws:|landfall:)[\p{L}\p{Z}\p{N}_.:/=+@-]{1,128}$/iu;

/** What no single value shows: judged on the raw input, so that it is reported beside the schema's own problems. */
export const crossProblems = (input: unknown): Problem[] => [
  ...regionProblems(input),
  ...accountProblems(input),
  ...blockProblems(input),
  ...egressProblems(input),
  ...serviceProblems(input),
  ...domainProblems(input),
  ...deliveryProblems(input),
  ...listProblems(input),
  ...tagProblems(input),
];

function regionProblems(input: unknown): Problem[] {
  const [home, recovery] = ["home", "recovery"].map((name) => at(input, ["regions", name]));
  return recovery !== undefined && recovery === home
    ? [{ path: "regions.recovery", given: recovery, allowed: "another region than regions.home" }]
    : [];
}

/** The accounts as they are written, each with where it stands. */
const accountsIn = (input: unknown) =>
  listAt(input, ["accounts"])
    .map((account, index) => ({ account, path: `accounts.${index}`, index }))
    .filter((entry): entry is typeof entry & { account: Record<string, unknown> } => isRecord(entry.account));

const dutiesOf = (account: unknown): readonly unknown[] => listAt(account, ["duties"]);

function accountProblems(input: unknown): Problem[] {
  if (!isRecord(input)) return [];
  const [single, several] = [input.account !== undefined, input.accounts !== undefined];
  if (single && several) {
    return [{ path: "account", given: input.account, allowed: "left out where there are 'accounts'" }];
  }
  if (!several)
    return single ? [] : [{ path: "account", allowed: "12 digits in quotes, or a list of 'accounts'" }];

  const accounts = accountsIn(input);
  const problems: Problem[] = [];
  for (const key of ["name", "id", "email"]) {
    for (const { account, path, index } of accounts) {
      const first = accounts.find((other) => other.index < index && other.account[key] === account[key]);
      if (first && account[key] !== undefined) {
        problems.push({
          path: `${path}.${key}`,
          given: account[key],
          allowed: `another ${key} than that of '${first.path}'`,
        });
      }
    }
  }
  const having = (duty: Duty) => accounts.filter(({ account }) => dutiesOf(account).includes(duty));
  const exactlyOne = accounts.length > 1 ? (["management", ...SINGLE_DUTIES] as const) : SINGLE_DUTIES;
  for (const duty of exactlyOne.filter((duty) => having(duty).length === 0)) {
    problems.push({ path: "accounts", allowed: `a list in which one account has the duty ${duty}` });
  }
  for (const duty of ["management", ...SINGLE_DUTIES] as const) {
    for (const { account, path } of having(duty).slice(1)) {
      problems.push({
        path: `${path}.duties`,
        given: dutiesOf(account),
        allowed: `without ${duty}: an account before it has that duty`,
      });
    }
  }
  if (having("workload").length === 0) {
    problems.push({
      path: "accounts",
      allowed: "a list in which at least one account has the duty workload",
    });
  }
  for (const { account, path } of accounts) {
    const duties = dutiesOf(account);
    if (duties.includes("management") && duties.length > 1) {
      problems.push({
        path: `${path}.duties`,
        given: duties,
        allowed: "management alone: service control policies do not bind that account",
      });
    }
    if (account.id !== undefined) continue;
    const home = path === "accounts.0";
    if (home || duties.includes("management")) {
      problems.push({
        path: `${path}.id`,
        allowed: "12 digits: this account is there before the organization",
      });
    } else if (account.email === undefined) {
      problems.push({
        path: `${path}.email`,
        allowed: "an e-mail address: the organization makes the account with it",
      });
    }
  }
  return problems;
}

/** The places of VPCs that the accounts take. */
function slotsOf(input: unknown): { path: string; given: unknown; slot: number }[] {
  const accounts = accountsIn(input);
  if (accounts.length === 0) return [{ path: "account", given: undefined, slot: 0 }];
  return accounts.map(({ account, path, index }) => ({
    path: `${path}.slot`,
    given: account.slot,
    slot: typeof account.slot === "number" ? account.slot : index,
  }));
}

function blockProblems(input: unknown): Problem[] {
  const problems: Problem[] = [];
  const block = at(input, ["network", "block"]);
  const placed = [
    { path: "network.block", cidr: block },
    ...listAt(input, ["network", "reserved"]).map((cidr, index) => ({
      path: `network.reserved.${index}`,
      cidr,
    })),
  ].filter(
    (entry): entry is { path: string; cidr: string } => typeof entry.cidr === "string" && isCidr(entry.cidr),
  );
  placed.forEach((entry, index) => {
    const clash = placed.slice(0, index).find((other) => overlaps(other.cidr, entry.cidr));
    if (clash) {
      problems.push({
        path: entry.path,
        given: entry.cidr,
        allowed: `a block clear of '${clash.path}' (${clash.cidr})`,
      });
    }
  });

  const slots = slotsOf(input);
  slots.forEach(({ path, given, slot }, index) => {
    if (slots.findIndex((other) => other.slot === slot) < index) {
      problems.push({ path, given: given ?? slot, allowed: "a slot that no account before it has" });
    }
  });
  const prefix = at(input, ["network", "vpcPrefix"]) ?? 18;
  if (typeof block !== "string" || !isCidr(block) || typeof prefix !== "number") return problems;
  if (prefix < VPC_PREFIX.min || prefix > VPC_PREFIX.max) return problems;
  const needed = (Math.max(...slots.map(({ slot }) => slot)) + 1) * 2;
  const largest = prefix - Math.ceil(Math.log2(needed));
  if (prefixLength(block) > largest) {
    problems.push({
      path: "network.block",
      given: block,
      allowed: `at least a /${largest}: ${needed / 2} account${needed === 2 ? "" : "s"} with two regions each take ${needed} VPCs of /${prefix} (network.vpcPrefix)`,
    });
  }
  return problems;
}

function egressProblems(input: unknown): Problem[] {
  const egress = at(input, ["network", "egress"]);
  const domains = listAt(input, ["network", "allowedDomains"]);
  if (egress === "firewall" && domains.length === 0) {
    return [
      {
        path: "network.allowedDomains",
        given: at(input, ["network", "allowedDomains"]),
        allowed:
          'a list of what the firewall lets through, e.g. [".amazonaws.com"], where network.egress is firewall',
      },
    ];
  }
  if (egress !== "firewall" && domains.length > 0) {
    return [
      {
        path: "network.allowedDomains",
        given: domains,
        allowed: 'left out: only the firewall knows domains (network.egress: "firewall")',
      },
    ];
  }
  return [];
}

function serviceProblems(input: unknown): Problem[] {
  const given = at(input, ["services"]);
  const chosen = isRecord(given) ? given : {};
  if (Object.values(chosen).some((value) => typeof value !== "boolean")) return [];
  const on = servicesOf(chosen as Record<string, boolean>, at(input, ["production"]) === true);
  const problems: Problem[] = [];
  const several = accountsIn(input).some(({ account }) => dutiesOf(account).includes("management"));
  if (on.securityHub && several && at(input, ["regions", "recovery"]) === undefined) {
    problems.push({
      path: "regions.recovery",
      allowed:
        "a region: Security Hub configures an organization from one region for another; or switch services.securityHub off",
    });
  }
  const needed = SERVICE_NAMES.filter((name) => on[name]).flatMap((name) =>
    SERVICES[name].needs
      .filter((needed) => !on[needed])
      .map((needed) => ({
        path: `services.${needed}`,
        given: chosen[needed],
        allowed: `true, since services.${name} needs it; or switch services.${name} off`,
      })),
  );
  return [...problems, ...needed];
}

function domainProblems(input: unknown): Problem[] {
  const domain = at(input, ["domain"]);
  if (typeof domain !== "string") return [];
  return listAt(input, ["dns", "certificateNames"]).flatMap((name, index): Problem[] => {
    if (typeof name !== "string" || name === domain || name.endsWith(`.${domain}`)) return [];
    return [
      {
        path: `dns.certificateNames.${index}`,
        given: name,
        allowed: `the zone's domain or below it: ${domain}`,
      },
    ];
  });
}

function deliveryProblems(input: unknown): Problem[] {
  const given = at(input, ["delivery"]);
  if (given === undefined) return [];
  const repository = at(given, ["source", "repository"]);
  const connected = at(given, ["source", "connectionArn"]) !== undefined;
  const problems: Problem[] = [];
  if (typeof repository === "string" && repository.includes("/") !== connected) {
    problems.push({
      path: "delivery.source.repository",
      given: repository,
      allowed: connected
        ? "owner/name where there is a connectionArn"
        : "the name of a CodeCommit repository, or add a connectionArn for owner/name",
    });
  }
  if (!connected && listAt(given, ["pullRequestActors"]).length > 0) {
    problems.push({
      path: "delivery.pullRequestActors",
      given: at(given, ["pullRequestActors"]),
      allowed: "left out for a CodeCommit repository: IAM says who opens pull requests there",
    });
  }
  const names = [...listAt(given, ["before"]).map((target) => at(target, ["zone"])), at(input, ["name"])];
  names.forEach((name, index) => {
    if (names.indexOf(name) === index) return;
    const own = index === names.length - 1;
    problems.push({
      path: `delivery.before.${names.indexOf(name)}.zone`,
      given: name,
      allowed: own ? "another zone: this one comes last by itself" : "named once",
    });
  });
  if (
    at(given, ["vpc"]) === true &&
    ["none", undefined].includes(at(input, ["network", "egress"]) as string)
  ) {
    problems.push({
      path: "delivery.vpc",
      given: true,
      allowed: "false where network.egress is none: builds install packages from the internet",
    });
  }
  return problems;
}

function listProblems(input: unknown): Problem[] {
  const lists = [
    ["network", "availabilityZones"],
    ["network", "interfaceEndpoints"],
    ["network", "allowedDomains"],
    ["dns", "certificateNames"],
    ["delivery", "approvers"],
    ["delivery", "pullRequestActors"],
  ];
  return lists.flatMap((path) => {
    const values = listAt(input, path);
    return new Set(values).size < values.length
      ? [{ path: path.join("."), given: values, allowed: "values that differ" }]
      : [];
  });
}

function tagProblems(input: unknown): Problem[] {
  const tags = at(input, ["tags"]);
  return Object.keys(isRecord(tags) ? tags : {})
    .filter((key) => !TAG_KEY.test(key))
    .map((key) => ({
      path: `tags.${key}`,
      given: key,
      allowed: "keyed by 1 to 128 letters, digits, spaces or _.:/=+-@, not starting with aws: or landfall:",
    }));
}
