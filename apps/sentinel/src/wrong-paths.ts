/**
 * Where an event is not as it should be, without quoting it.
 *
 * @param error that of Powertools' parser, which keeps what it found as its cause
 */
export const wrongPaths = ({ cause }: Error): string =>
  (cause as readonly { readonly path?: readonly PropertyKey[] }[])
    .map(({ path = [] }) => path.map(String).join(".") || "event")
    .join(", ");
