/** One way into a security group, as Amazon EC2 tells it. */
export interface SecurityGroupIngress {
  /** tcp, udp, icmp, icmpv6, another protocol's number, or -1 for all. */
  protocol: string;
  /** null: all ports (or a protocol without ports). */
  fromPort: number | null;
  toPort: number | null;
  /** IPv4 and IPv6 address ranges. */
  cidrs: readonly string[];
  /** Other sources: security groups and prefix lists, by id. */
  sources: readonly string[];
}
