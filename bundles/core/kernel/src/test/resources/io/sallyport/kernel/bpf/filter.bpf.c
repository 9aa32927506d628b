// SPDX-License-Identifier: Apache-2.0
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

const volatile __u32 limit = 1;
const volatile __u32 unused = 2;

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 4);
  __type(key, __u32);
  __type(value, __u64);
} lengths SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, __u32);
} counts SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 4096);
} events SEC(".maps");

SEC("socket")
int cut(struct __sk_buff *skb) {
  __u32 length = skb->len;
  __u64 zero = 0;
  __u32 first = 0;
  bpf_map_update_elem(&lengths, &length, &zero, BPF_NOEXIST);
  __u64 *seen = bpf_map_lookup_elem(&lengths, &length);
  if (seen) __sync_fetch_and_add(seen, 1);
  __u32 *count = bpf_map_lookup_elem(&counts, &first);
  if (count) *count += 1;
  bpf_ringbuf_output(&events, &length, sizeof(length), 0);
  return limit;
}

SEC("socket")
int broken(struct __sk_buff *skb) {
  __u32 key = skb->len;
  __u64 *length = bpf_map_lookup_elem(&lengths, &key);
  return *length;  // the verifier refuses: it may be null
}

SEC("raw_tp/sys_enter")
int enter(void *context) { return 0; }

char _license[] SEC("license") = "GPL";
