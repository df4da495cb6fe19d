import { Session, type Request } from "../session";
import { countInState, publishedValues } from "../state";

/** The values of one instance, by their name below the zone's prefix; `null` for one that is kept secret. */
type Values = Readonly<Record<string, string | null>>;

/**
 * Shows the contract values that a stack has published, as they are in its state.
 *
 * @param json whether to print one JSON object alone: by instance, then by value
 */
export async function output(request: Request, json = false): Promise<void> {
  const found: Record<string, Values> = {};
  await Session.forEach(request, true, async (session) => {
    await session.init(true);
    const state = await session.state();
    const values = publishedValues(state, session.zone);
    found[session.instance.name] = Object.fromEntries(values.map(({ name, value }) => [name, value ?? null]));
    if (json) return;
    if (countInState(state) === 0) session.say("not deployed");
    else if (values.length === 0) session.say("publishes no values");
    for (const { name, value } of values) session.say(`${name} = ${value ?? "(secret)"}`);
  });
  const sorted = Object.entries(found).sort(([a], [b]) => a.localeCompare(b));
  if (json) request.print(JSON.stringify(Object.fromEntries(sorted), undefined, 2));
}
