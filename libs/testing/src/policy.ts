/** A statement as tests look at it. */
export type PolicyStatement = Readonly<Record<string, unknown>> & { readonly Sid: string };

/** The statements of a policy attribute, by Sid. @throws Error when the attribute is no policy or a Sid stands twice */
export function statementsOf(policy: unknown): Record<string, PolicyStatement> {
  const { Statement } = JSON.parse(String(policy)) as { Statement: PolicyStatement[] };
  const bySid = Object.fromEntries(Statement.map((statement) => [statement.Sid, statement]));
  if (Object.keys(bySid).length !== Statement.length)
    throw new Error(`a Sid stands twice in ${String(policy)}`);
  return bySid;
}
