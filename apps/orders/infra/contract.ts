import { defineContract, text } from "@landfall/stack";

export const ordersContract = defineContract({
  stack: "orders",
  scope: "regional",
  accounts: ["workload"],
  values: {
    domainName: text("The name that fails over between the regions; none while the zone has no front door"),
    loadBalancerDnsName: text("The name of this region's load balancer; none while there is no front door"),
    apiFunctionName: text("Name of the function that answers requests"),
    ordersTableName: text("Name of the table of orders, the same in both regions"),
    issuersTableName: text("Name of the table with the public keys of the token issuer"),
    fulfilmentQueueUrl: text("URL of the queue between the accepted orders and their fulfilment"),
    deadLetterQueueUrl: text("URL of the queue that keeps what could not be fulfilled"),
    failuresQueueUrl: text("URL of the queue that keeps word of what could not be told"),
    tokenIssuer: text("The issuer whose tokens are taken: `iss`"),
    tokenAudience: text("What a token must be for: `aud`"),
  },
});
