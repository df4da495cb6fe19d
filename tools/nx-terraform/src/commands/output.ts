import { Session, type Request } from "../session";
import { countInState, publishedValues } from "../state";

/** Shows the contract values that a stack has published, as they are in its state. */
export const output = (request: Request): Promise<void> =>
  Session.forEach(request, true, async (session) => {
    await session.init(true);
    const state = await session.state();
    const values = publishedValues(state, session.zone);
    if (countInState(state) === 0) session.say("not deployed");
    else if (values.length === 0) session.say("publishes no values");
    for (const { name, value } of values) session.say(`${name} = ${value ?? "(secret)"}`);
  });
