import {
  GetAccessKeyLastUsedCommand,
  GetUserCommand,
  type IAMClient,
  IAMServiceException,
  NoSuchEntityException,
  paginateListAccessKeys,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import { type Hands } from "../repair";
import { type KeySight } from "../repairs/disable-access-key";

/** What IAM answers for a key that it does not know, or that is not this account's. */
const isGone = (error: unknown): boolean =>
  error instanceof NoSuchEntityException ||
  (error instanceof IAMServiceException && error.name === "NoSuchEntity");

/**
 * The access keys of the account's users. Needs `iam:GetAccessKeyLastUsed`, `iam:GetUser`, `iam:ListAccessKeys`, and to mend
 * `iam:UpdateAccessKey`.
 */
export class AccessKeys implements Hands<KeySight> {
  constructor(private readonly client: IAMClient) {}

  /** None: whether a key has leaked can't be seen by looking at it. */
  list(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  async look(keyId: string): Promise<KeySight | undefined> {
    try {
      // It is the only call that tells whose key it is.
      const { UserName } = await this.client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: keyId }));
      if (UserName === undefined) return undefined;
      const { User } = await this.client.send(new GetUserCommand({ UserName }));
      const status = await this.statusOf(keyId, UserName);
      if (status === undefined) return undefined;
      return {
        keyId,
        userName: UserName,
        arn: User?.Arn ?? "",
        tags: Object.fromEntries((User?.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value])),
        active: status === "Active",
      };
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  async mend({ keyId, userName }: KeySight): Promise<void> {
    await this.client.send(
      new UpdateAccessKeyCommand({ AccessKeyId: keyId, UserName: userName, Status: "Inactive" }),
    );
  }

  private async statusOf(keyId: string, UserName: string): Promise<string | undefined> {
    for await (const { AccessKeyMetadata = [] } of paginateListAccessKeys(
      { client: this.client },
      { UserName },
    )) {
      const found = AccessKeyMetadata.find(({ AccessKeyId }) => AccessKeyId === keyId);
      if (found) return found.Status;
    }
    return undefined;
  }
}
