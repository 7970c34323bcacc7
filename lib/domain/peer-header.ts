/** Header that the server puts the network address of the connection into; what a client sends under this name is overwritten. */
export const PEER_HEADER = "x-mq-steward-peer";
