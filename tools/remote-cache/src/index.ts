export { type CacheServer, type CacheServerOptions, startCacheServer } from "./cache-server";
export { type CacheStore, S3Store, type StoredResult } from "./s3-store";
