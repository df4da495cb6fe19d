/** How the bus knows an accepted order. */
export const eventSource = "landfall.orders";
export const eventType = "Order Accepted";
