import { type Mutation } from "../mutation";
import { accountMutations } from "./account";
import { apiGatewayMutations } from "./api-gateway";
import { cloudFrontMutations } from "./cloudfront";
import { deliveryMutations } from "./delivery";
import { identityMutations } from "./identity";
import { instanceMutations } from "./instances";
import { loadBalancerMutations } from "./load-balancers";
import { networkMutations } from "./network";
import { organizationMutations } from "./organization";
import { s3Mutations } from "./s3";
import { wafMutations } from "./waf";
import { workloadMutations } from "./workloads";

/** One way to break each control that code decides, in a zone of one account. */
export const MUTATIONS: readonly Mutation[] = [
  ...accountMutations,
  ...apiGatewayMutations,
  ...cloudFrontMutations,
  ...deliveryMutations,
  ...identityMutations,
  ...instanceMutations,
  ...loadBalancerMutations,
  ...networkMutations,
  ...s3Mutations,
  ...wafMutations,
  ...workloadMutations,
];

const byAdministrator = new Set(organizationMutations.map(({ control }) => control));

/** The same in an organization: what its administrator meets for all accounts is broken there. */
export const ORGANIZATION_MUTATIONS: readonly Mutation[] = [
  ...MUTATIONS.filter(({ control }) => !byAdministrator.has(control)),
  ...organizationMutations,
];
