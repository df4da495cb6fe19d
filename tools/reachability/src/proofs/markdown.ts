import { type Result } from "../path/types";
import { INTERNET } from "../path/types";
import { portsText, Reachability } from "../reachability";
import { type SynthesizedZone } from "../terraform/zone";

type Row = readonly [from: string, to: string, port: string, why: string];

const HTTPS = 443;

const cell = (text: string): string => text.replaceAll("|", "\\|");

const stopped = ({ why }: Result): string => `stopped: ${why.at(-1) ?? ""}`;

/**
 * A table of what each function reaches and of what the internet reaches, with the way, or with what stops it.
 *
 * @returns Markdown, the same for the same zone
 * @throws LandfallError naming what can't be resolved or is not modelled
 */
export function reachabilityMarkdown(zone: SynthesizedZone): string {
  const reachability = new Reachability(zone);
  const outgoing = reachability.functions.flatMap((from): Row[] => {
    const reached = reachability.reachableFrom(from);
    const internet = reached.some(({ destination }) => destination.kind === "internet");
    return [
      ...reached.map(({ destination, protocol, ports, why }): Row => [
        from.title,
        destination.title,
        `${protocol} ${portsText(ports)}`,
        why.join(" → "),
      ]),
      ...(internet
        ? []
        : [
            [
              from.title,
              INTERNET.title,
              "none",
              stopped(reachability.reaches(from, INTERNET, HTTPS)),
            ] as const,
          ]),
    ];
  });
  const reached = reachability.reachableFrom(INTERNET);
  const incoming = reachability.network.interfaces.flatMap((to): Row[] => {
    const ways = reached.filter(({ destination }) => destination === to);
    return ways.length > 0
      ? ways.map(({ protocol, ports, why }): Row => [
          INTERNET.title,
          to.title,
          `${protocol} ${portsText(ports)}`,
          why.join(" → "),
        ])
      : [[INTERNET.title, to.title, "none", stopped(reachability.reaches(INTERNET, to, HTTPS))]];
  });
  const rows = [...outgoing, ...incoming].map((row) => `| ${row.map(cell).join(" | ")} |`);
  return ["| from | to | port | why |", "| --- | --- | --- | --- |", ...rows, ""].join("\n");
}
