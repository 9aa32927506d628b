// Copyright the Sallyport authors.
// SPDX-License-Identifier: Apache-2.0
//
// A socket filter for packet rings: it passes the first bytes of each flow, and counts the rest.
//
// What a parser needs stands at the beginning of a flow; to copy all of it would cost the host what
// the traffic costs. Packets that open or close a connection always pass, so that user space sees
// its end; the counters of what did not pass are read from the map.

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define LOOPBACK_INDEX 1    // of every network namespace
#define WHOLE 0x40000       // longer than any packet
#define HEADERS 192         // link, IPv6 with options, TCP with options
#define MORE_FRAGMENTS 0x2000
#define FRAGMENT_OFFSET 0x1fff

// Set before the program is loaded, once a ring: rings share the map, and the same connection is
// seen by the ring of its client's namespace and by that of its server's.
const volatile struct {
	__u64 full_bytes;
	__u32 ring;
	__u32 padding;
} settings = { .full_bytes = 16384 };

struct flow {
	__u8 low_address[16];
	__u8 high_address[16];
	__be16 low_port;
	__be16 high_port;
	__u32 ring;
	__u32 protocol;
};

struct counters {
	__u64 packets_from_low;
	__u64 bytes_from_low;
	__u64 packets_from_high;
	__u64 bytes_from_high;
	__u64 passed;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 65536);
	__type(key, struct flow);
	__type(value, struct counters);
} flows SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4096);
	__type(key, __u32);
	__type(value, __u64);
} omitted SEC(".maps");

struct packet {
	struct flow flow;
	__u32 transport; // where the transport's header begins, from the network header on
	__u32 bytes;     // from the network header on
	int from_low;
};

static __always_inline int network(struct __sk_buff *skb, void *into, __u32 offset, __u32 length)
{
	return bpf_skb_load_bytes_relative(skb, offset, into, length, BPF_HDR_START_NET);
}

// The lower address first, so that both directions are one flow.
static __always_inline void order(struct packet *p, const __u8 *source, const __u8 *destination)
{
	int order = 0;

#pragma unroll
	for (int i = 0; i < 16; i++)
		if (order == 0)
			order = (int)source[i] - (int)destination[i];
	p->from_low = order < 0;
	if (order == 0)
		p->from_low = -1; // the ports will tell
	__builtin_memcpy(p->flow.low_address, order <= 0 ? source : destination, 16);
	__builtin_memcpy(p->flow.high_address, order <= 0 ? destination : source, 16);
}

static __always_inline int read_ipv4(struct __sk_buff *skb, struct packet *p)
{
	struct iphdr ip;
	__u8 source[16] = {}, destination[16] = {};

	if (network(skb, &ip, 0, sizeof(ip)) || ip.ihl < 5)
		return -1;
	if (ip.frag_off & bpf_htons(MORE_FRAGMENTS | FRAGMENT_OFFSET))
		return -1;
	source[10] = source[11] = destination[10] = destination[11] = 0xff;
	__builtin_memcpy(source + 12, &ip.saddr, 4);
	__builtin_memcpy(destination + 12, &ip.daddr, 4);
	order(p, source, destination);
	p->flow.protocol = ip.protocol;
	p->transport = ip.ihl * 4;
	p->bytes = bpf_ntohs(ip.tot_len);
	return 0;
}

static __always_inline int read_ipv6(struct __sk_buff *skb, struct packet *p)
{
	struct ipv6hdr ip;

	if (network(skb, &ip, 0, sizeof(ip)))
		return -1;
	order(p, (__u8 *)&ip.saddr, (__u8 *)&ip.daddr);
	// Behind an extension header the flow is not known here: such packets all pass.
	p->flow.protocol = ip.nexthdr;
	p->transport = sizeof(ip);
	p->bytes = bpf_ntohs(ip.payload_len) + sizeof(ip);
	return 0;
}

static __always_inline int read_ports(struct __sk_buff *skb, struct packet *p)
{
	__be16 ports[2];

	if (network(skb, ports, p->transport, sizeof(ports)))
		return -1;
	if (p->from_low < 0)
		p->from_low = bpf_ntohs(ports[0]) <= bpf_ntohs(ports[1]);
	p->flow.low_port = p->from_low ? ports[0] : ports[1];
	p->flow.high_port = p->from_low ? ports[1] : ports[0];
	return 0;
}

static __always_inline void count(struct counters *c, const struct packet *p, __u32 packets)
{
	if (p->from_low) {
		__sync_fetch_and_add(&c->packets_from_low, packets);
		__sync_fetch_and_add(&c->bytes_from_low, p->bytes);
	} else {
		__sync_fetch_and_add(&c->packets_from_high, packets);
		__sync_fetch_and_add(&c->bytes_from_high, p->bytes);
	}
}

SEC("socket")
int first_bytes(struct __sk_buff *skb)
{
	struct packet p = {};
	struct counters *c, fresh = {};
	__u8 flags = 0;
	__u32 packets = skb->gso_segs ?: 1;

	// What goes through the loopback is seen twice, leaving and arriving: once is enough.
	if (skb->ifindex == LOOPBACK_INDEX && skb->pkt_type == PACKET_OUTGOING)
		return 0;
	if (skb->protocol == bpf_htons(ETH_P_IP)) {
		if (read_ipv4(skb, &p))
			return WHOLE;
	} else if (skb->protocol == bpf_htons(ETH_P_IPV6)) {
		if (read_ipv6(skb, &p))
			return WHOLE;
	} else {
		return WHOLE;
	}
	if (p.flow.protocol != IPPROTO_TCP && p.flow.protocol != IPPROTO_UDP)
		return WHOLE;
	if (read_ports(skb, &p))
		return WHOLE;
	if (p.flow.protocol == IPPROTO_TCP &&
	    network(skb, &flags, p.transport + 13, sizeof(flags)))
		return WHOLE;
	p.flow.ring = settings.ring;

	c = bpf_map_lookup_elem(&flows, &p.flow);
	if (!c || (flags & 0x12) == 0x02) { // none yet, or a new connection on the same ports
		fresh.passed = p.bytes;
		count(&fresh, &p, packets);
		bpf_map_update_elem(&flows, &p.flow, &fresh, BPF_ANY);
		return WHOLE;
	}
	count(c, &p, packets);
	if (c->passed < settings.full_bytes) {
		__sync_fetch_and_add(&c->passed, p.bytes);
		return WHOLE;
	}
	if (flags & 0x07) // FIN, SYN, RST
		return HEADERS;
	__u32 ring = settings.ring;
	__u64 *left_out = bpf_map_lookup_elem(&omitted, &ring);
	if (left_out)
		__sync_fetch_and_add(left_out, packets);
	return 0;
}

char _license[] SEC("license") = "Apache-2.0";
