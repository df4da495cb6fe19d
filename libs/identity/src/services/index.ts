import { type Account, hasDuty } from "@landfall/core";
import { type ServiceAccess } from "../service-access";
import { DATA } from "./data";
import { DNS } from "./dns";
import { EDGE } from "./edge";
import { IDENTITY } from "./identity";
import { NETWORK } from "./network";
import { ORGANIZATION } from "./organization";
import { WATCH } from "./watch";
import { WORKLOADS } from "./workloads";

const EVERY_ACCOUNT: readonly ServiceAccess[] = [IDENTITY, DATA, WORKLOADS, WATCH, NETWORK, DNS, EDGE];

/** What the stacks of an account hold: the organization's is only in its management account. */
export const servicesIn = (account: Account): readonly ServiceAccess[] =>
  hasDuty(account, "management") ? [...EVERY_ACCOUNT, ORGANIZATION] : EVERY_ACCOUNT;

/** The resource types of Terraform that the zone's roles may deploy, in one account or another. */
export const DEPLOYABLE_TYPES: readonly string[] = [...EVERY_ACCOUNT, ORGANIZATION].flatMap(
  ({ types }) => types,
);
