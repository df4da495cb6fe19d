import { policyDocument, type Statement } from "@landfall/identity";

/** Where an endpoint is. */
export interface EndpointPlace {
  /** Ids of the zone's accounts. */
  readonly accountIds: readonly string[];
  readonly region: string;
  /** Every service that the VPC has an interface endpoint for. */
  readonly services: readonly string[];
}

/**
 * What may pass an endpoint: calls of the zone's own identities to the zone's own resources. A workload can't carry data
 * to a stranger's bucket or queue, not even with the stranger's credentials.
 *
 * @param service e.g. `s3`
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export const endpointPolicy = (service: string, place: EndpointPlace): string =>
  policyDocument([ownTraffic(place), ...(service === "s3" ? imageLayers(place) : [])]);

const ownTraffic = ({ accountIds }: EndpointPlace): Statement => ({
  Sid: "OwnIdentitiesAndResources",
  Effect: "Allow",
  Principal: "*",
  Action: "*",
  Resource: "*",
  Condition: { StringEquals: { "aws:PrincipalAccount": accountIds, "aws:ResourceAccount": accountIds } },
});

/**
 * The layers of ECR's images are in a bucket of AWS's, read by links that ECR signs itself: no identity of the zone is
 * seen there.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms
 */
const imageLayers = ({ region, services }: EndpointPlace): Statement[] =>
  services.includes("ecr.dkr")
    ? [
        {
          Sid: "EcrImageLayers",
          Effect: "Allow",
          Principal: "*",
          Action: "s3:GetObject",
          Resource: `arn:aws:s3:::prod-${region}-starport-layer-bucket/*`,
        },
      ]
    : [];
