import { LandfallError } from "@landfall/core";
import { type DeadLetter, harmless } from "./dead-letter";
import { type Letters } from "./letters";
import { type Choice } from "./options";

export interface RedriveProps {
  readonly letters: Letters;
  /** The name of the queue that they go back to. */
  readonly queue: string;
  readonly choice: Choice;
  /** Whole messages are shown. */
  readonly bodies: boolean;
  /** SQS sends all of them by itself; without it, they are sent one by one. */
  readonly byTask: boolean;
  readonly say: (line: string) => void;
  readonly confirm: (question: string) => Promise<boolean>;
  readonly wait: (seconds: number) => Promise<void>;
}

/** While letters are listed, other readers don't see them. */
const LISTING_SECONDS = 20;
/** Time to answer, and to send up to a thousand. */
const HOLDING_SECONDS = 600;

/**
 * Lists dead letters, and sends the chosen ones through again once somebody has said yes. Resolves to how many were sent.
 *
 * @throws LandfallError when nothing fits the choice, or the answer is no
 */
export async function redrive(props: RedriveProps): Promise<number> {
  const { letters, queue, choice, byTask, say } = props;
  const wholly = choice.kind === "all" && byTask;
  const holdSeconds = choice.kind === "none" || wholly ? LISTING_SECONDS : HOLDING_SECONDS;
  const { letters: found, more } = await letters.read(holdSeconds);
  if (found.length === 0) {
    say(`${queue} has no dead letters. Those that somebody has just read are not seen for a while.`);
    return 0;
  }
  for (const line of rendered(found, props.bodies)) say(line);
  if (more) say(`… and more: only the first ${found.length} are shown.`);
  if (choice.kind === "none") {
    say(`Send them back with --all, --message <id> or --reason <reason>, once what was wrong is mended.`);
    return 0;
  }

  const chosen = found.filter((letter) => isChosen(choice, letter));
  refuseUnknown(choice, found);
  const count = wholly && more ? "all" : String(chosen.length);
  if (!(await props.confirm(`Send ${count} of these back to ${queue}?`))) {
    throw new LandfallError("Nothing was sent. Letters that were read are seen again within ten minutes");
  }
  if (wholly) {
    // A letter that somebody holds is not moved.
    await props.wait(LISTING_SECONDS);
    return letters.moveAll(say);
  }
  for (const letter of chosen) await letters.sendBack(letter);
  return chosen.length;
}

const isChosen = (choice: Choice, { id, reason }: DeadLetter): boolean =>
  choice.kind === "all" ||
  (choice.kind === "some" && (choice.ids.includes(id) || choice.reasons.includes(reason)));

/** Nothing is sent where a part of the choice fits nothing: it is more likely mistyped than meant. */
function refuseUnknown(choice: Choice, found: readonly DeadLetter[]): void {
  if (choice.kind !== "some") return;
  const unknown = [
    ...choice.ids.filter((id) => !found.some((letter) => letter.id === id)),
    ...choice.reasons.filter((reason) => !found.some((letter) => letter.reason === reason)),
  ];
  if (unknown.length > 0) {
    throw new LandfallError(
      `Nothing was sent: there is no dead letter with ${unknown.map((each) => `"${harmless(each)}"`).join(", ")}`,
    );
  }
}

/** One line a letter, oldest first, then how many there are of each reason. */
export function rendered(letters: readonly DeadLetter[], bodies: boolean): string[] {
  const sorted = [...letters].sort((one, other) => one.sentAt.getTime() - other.sentAt.getTime());
  const counts = new Map<string, number>();
  for (const { reason } of sorted) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [
    ...sorted.flatMap(({ id, reason, detail, about, sentAt, message }) => [
      [id, sentAt.toISOString(), reason, about, ...(detail === "" ? [] : [`(${detail})`])].join("  "),
      // As JSON, so that no character of it is taken for the terminal's.
      ...(bodies ? [`  ${JSON.stringify(message.Body ?? "").replace(/[^\x20-\x7e]/g, escaped)}`] : []),
    ]),
    `${sorted.length} dead letters: ${[...counts].map(([reason, count]) => `${count} ${reason}`).join(", ")}`,
  ];
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
