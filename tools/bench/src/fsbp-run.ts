/** One measured judgement, in a process of its own: prints milliseconds and peak memory as JSON. */
import { judgeInput } from "@landfall/fsbp-cli";

const [folder = ""] = process.argv.slice(2);
const start = performance.now();
const { report } = judgeInput(folder);
const milliseconds = performance.now() - start;
// `maxRSS` is in kilobytes.
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ milliseconds, megabytes, findings: report.findings.length }));
