import { type ServiceAccess } from "../service-access";

/** Hosted zones with their records, signatures and health checks, and certificates. */
export const DNS: ServiceAccess = {
  name: "dns",
  types: [
    "aws_acm_certificate",
    "aws_acm_certificate_validation",
    "aws_route53_health_check",
    "aws_route53_hosted_zone_dnssec",
    "aws_route53_key_signing_key",
    "aws_route53_query_log",
    "aws_route53_record",
    "aws_route53_zone",
  ],
  read: [
    "acm:DescribeCertificate",
    "acm:GetCertificate",
    "acm:ListCertificates",
    "acm:ListTagsForCertificate",
    "route53:Get*",
    "route53:List*",
  ],
  changes: [
    {
      what: "hostedZones",
      actions: [
        "route53:ActivateKeySigningKey",
        "route53:AssociateVPCWithHostedZone",
        "route53:ChangeResourceRecordSets",
        "route53:ChangeTagsForResource",
        "route53:CreateHealthCheck",
        "route53:CreateHostedZone",
        "route53:CreateKeySigningKey",
        "route53:CreateQueryLoggingConfig",
        "route53:DeactivateKeySigningKey",
        "route53:DeleteHealthCheck",
        "route53:DeleteHostedZone",
        "route53:DeleteKeySigningKey",
        "route53:DeleteQueryLoggingConfig",
        "route53:DisableHostedZoneDNSSEC",
        "route53:DisassociateVPCFromHostedZone",
        "route53:EnableHostedZoneDNSSEC",
        "route53:UpdateHealthCheck",
        "route53:UpdateHostedZoneComment",
      ],
    },
    {
      what: "certificates",
      actions: [
        "acm:AddTagsToCertificate",
        "acm:DeleteCertificate",
        "acm:RemoveTagsFromCertificate",
        "acm:RequestCertificate",
        "acm:UpdateCertificateOptions",
      ],
    },
  ],
};
