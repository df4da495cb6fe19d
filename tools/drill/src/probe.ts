import { type HealthCheck } from "./route53";

/** Route 53 waits so long for the status, once it is connected. */
const RESPONSE_TIMEOUT_MS = 2000;

/**
 * Asks an endpoint as Route 53 does: healthy is a status from 200 to 399 in time. Redirects are not followed.
 *
 * @param url where the endpoint is reached here, without a path
 */
export async function probe(
  { path, fqdn }: Pick<HealthCheck, "path" | "fqdn">,
  url: string,
): Promise<boolean> {
  try {
    const response = await fetch(new URL(path, url), {
      redirect: "manual",
      signal: AbortSignal.timeout(RESPONSE_TIMEOUT_MS),
      headers: { "user-agent": "Amazon-Route53-Health-Check-Service", "x-checked-name": fqdn },
    });
    await response.body?.cancel();
    return response.status >= 200 && response.status < 400;
  } catch {
    return false;
  }
}
