/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.workloads.containerd.internal;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * Calls of containerd's API (containerd's api/services/*.proto) with messages as bytes: the five
 * calls that are needed here do not pay for generated code.
 */
final class ContainerdClient implements AutoCloseable {
  private static final int MAX_MESSAGE = 32 << 20;
  private static final long PATIENCE_SECONDS = 15;
  private static final Metadata.Key<String> NAMESPACE =
      Metadata.Key.of("containerd-namespace", Metadata.ASCII_STRING_MARSHALLER);

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final ManagedChannel channel;

  ContainerdClient(String socket) {
    channel =
        NettyChannelBuilder.forAddress(new DomainSocketAddress(socket))
            .eventLoopGroup(loop)
            .channelType(EpollDomainSocketChannel.class)
            // A unix socket has no keep-alive; netty would warn of the option each time.
            .withOption(ChannelOption.SO_KEEPALIVE, null)
            .overrideAuthority("localhost")
            .usePlaintext()
            .maxInboundMessageSize(MAX_MESSAGE)
            .build();
  }

  /**
   * A call with one answer.
   *
   * @param namespace containerd's namespace, empty where the call needs none
   */
  byte[] call(String namespace, String service, String method, byte[] request) {
    Channel in = channel;
    if (!namespace.isEmpty()) {
      Metadata headers = new Metadata();
      headers.put(NAMESPACE, namespace);
      in =
          ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }
    return ClientCalls.blockingUnaryCall(
        in,
        method(service, method, MethodDescriptor.MethodType.UNARY),
        CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS),
        request);
  }

  /** A call whose answers go on; the iterator blocks for the next and can be interrupted. */
  Iterator<byte[]> stream(String service, String method, byte[] request) {
    return ClientCalls.blockingServerStreamingCall(
        channel,
        method(service, method, MethodDescriptor.MethodType.SERVER_STREAMING),
        CallOptions.DEFAULT,
        request);
  }

  private static MethodDescriptor<byte[], byte[]> method(
      String service, String method, MethodDescriptor.MethodType type) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(type)
        .setFullMethodName(
            MethodDescriptor.generateFullMethodName("containerd.services." + service, method))
        .setRequestMarshaller(Raw.INSTANCE)
        .setResponseMarshaller(Raw.INSTANCE)
        .build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS)
        .awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private enum Raw implements MethodDescriptor.Marshaller<byte[]> {
    INSTANCE;

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
